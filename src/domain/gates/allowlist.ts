import type { Finding } from '../../contract/gates.js';
import { LIMITS } from '../mechanism/limits.js';
import { type Token, tokensOf } from './tokens.js';

/** Where a word stands; `a.Date` and `{ Date: 1 }` are somebody's own fields. */
interface Place {
  before: string;
  after: string;
  beforeThat: string;
}

interface Refused {
  words: readonly string[];
  /** null: wherever it isn't a field */
  when?: (place: Place) => boolean;
  fix: string;
}

const isField = ({ before, after }: Place): boolean =>
  /^\??\.$/.test(before) || (after === ':' && /^[{,]$/.test(before));

const REFUSED: readonly Refused[] = [
  { words: ['import', 'require'], fix: 'a mechanism is one file and imports nothing' },
  { words: ['eval', 'Function'], fix: 'write the code itself, not a text of it' },
  {
    words: ['globalThis', 'process', 'console', 'fetch', 'XMLHttpRequest', 'WebSocket'],
    when: (place) => !isField(place) && /^[.([]$/.test(place.after),
    fix: 'a mechanism has no host: it knows its context and its state',
  },
  {
    words: ['Date', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask'],
    when: (place) => !isField(place) && (/^[.(]$/.test(place.after) || place.before === 'new'),
    fix: 'a mechanism has no clock: count trials (context.t)',
  },
  {
    words: ['random'],
    when: ({ before, beforeThat }) => before === '.' && beforeThat === 'Math',
    fix: 'take numbers from context.rnd, so that a replay draws the same',
  },
  { words: ['async', 'await', 'Promise'], fix: 'a mechanism answers at once' },
  {
    words: ['constructor'],
    when: ({ before }) => /^\??\.$/.test(before),
    fix: 'nothing is made from a constructor that was reached through a value',
  },
  {
    words: ['__proto__', '__defineGetter__', '__lookupGetter__'],
    when: () => true,
    fix: 'prototypes stay as they are',
  },
  {
    words: ['Proxy', 'Reflect', 'WeakRef', 'FinalizationRegistry', 'SharedArrayBuffer', 'Atomics'],
    fix: 'plain objects and arrays are enough: answers are JSON',
  },
];

const RULE_OF = new Map(REFUSED.flatMap((rule) => rule.words.map((word) => [word, rule] as const)));

const refusalOf = (tokens: readonly Token[], at: number): string | null => {
  const token = tokens[at];
  if (token?.kind !== 'word') return null;
  if (token.text.includes('\\')) return `${token.text} hides a name behind an escape: write it out`;
  const rule = RULE_OF.get(token.text);
  if (rule === undefined) return null;
  const place = {
    before: tokens[at - 1]?.text ?? '',
    beforeThat: tokens[at - 2]?.text ?? '',
    after: tokens[at + 1]?.text ?? '',
  };
  const refused = (rule.when ?? ((one: Place) => !isField(one)))(place);
  return refused ? `it uses ${token.text}: ${rule.fix}` : null;
};

/**
 * G0: what can be said without running anything. It is the early message, not the wall: a name can be put together in ways
 * that no list of words knows, and then the sandbox has nothing by that name.
 */
export const staticFinding = (source: string): Finding | null => {
  const finding = (reason: string, line?: number): Finding => ({
    gate: 'G0',
    verdict: 'rejected',
    reason,
    where:
      line === undefined
        ? null
        : { line, excerpt: (source.split('\n')[line - 1] ?? '').trim().slice(0, 120) },
  });
  if (source.trim() === '') return finding('it is empty');
  if (source.length > LIMITS.source) {
    return finding(`it has ${String(source.length)} characters and may have ${String(LIMITS.source)}`);
  }
  const tokens = tokensOf(source);
  for (const [at, { line }] of tokens.entries()) {
    const reason = refusalOf(tokens, at);
    if (reason !== null) return finding(reason, line);
  }
  return null;
};
