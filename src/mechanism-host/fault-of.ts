import type { FaultKind, MechanismCall, MechanismFault } from '../contract/mechanism-run.js';
import type { Outcome, Thrown } from './sandbox.js';
import { lineOfStack } from './source-line.js';

interface Asked {
  source: string;
  during: MechanismCall;
  /** units that it had */
  fuel: number;
}

/** The engine notes where it is at calls and errors, not at every statement. */
const LOOK_AT_LESS =
  'It loops for ever, or does too much in one call: look at fewer trials. The line is where it was last seen; the loop is near it.';

/** Native errors by what they say: the engine has no other mark for them. */
const kindOf = ({ name, message, stack }: Thrown, during: MechanismCall): FaultKind => {
  if (name === 'InternalError' && message === 'out of memory') return 'memory';
  if (name === 'InternalError' && message === 'stack overflow') return 'stack';
  if (during !== 'load') return 'throw';
  return name === 'SyntaxError' && !/at .*\(/.test(stack) ? 'syntax' : 'load';
};

const WORDS: Partial<Record<FaultKind, string>> = {
  memory: 'it ran out of memory: keep less in the state, build smaller arrays',
  stack: 'it calls itself too deeply: use a loop',
};

const wordsOf = (kind: FaultKind, { name, message }: Thrown): string => {
  const module = /^could not load module '(.*)'$/.exec(message)?.[1];
  if (module !== undefined) return `it imports '${module}': a mechanism is one file and imports nothing`;
  return WORDS[kind] ?? (name === '' ? `it threw ${message}` : `${name}: ${message}`);
};

/** What went wrong, for people and for a model; null where nothing did. */
export const faultOf = (outcome: Outcome, asked: Asked): MechanismFault | null => {
  const { source, during } = asked;
  if ('value' in outcome) return null;
  if ('refused' in outcome) {
    const { kind, message } = outcome.refused;
    return { kind: kind as FaultKind, message, during, where: null };
  }
  if ('spent' in outcome) {
    const message = `it used up its ${String(asked.fuel)} units of fuel. ${LOOK_AT_LESS}`;
    return { kind: 'fuel', message, during, where: lineOfStack(source, outcome.spent.stack) };
  }
  if ('broke' in outcome) {
    const kind = /^RangeError|stack/i.test(outcome.broke) ? 'stack' : 'memory';
    return { kind, message: `${WORDS[kind] ?? ''} (${outcome.broke.slice(0, 120)})`, during, where: null };
  }
  const kind = kindOf(outcome.threw, during);
  return {
    kind,
    message: wordsOf(kind, outcome.threw),
    during,
    where: lineOfStack(source, outcome.threw.stack),
  };
};
