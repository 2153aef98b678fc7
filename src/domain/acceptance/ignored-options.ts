import type { Acceptance } from '../../contract/task-schema.js';
import { FEWEST_BLOCKS } from '../arms/race.js';

type Rule = Acceptance['rule'];
type Option = keyof Acceptance;

const CONTESTS: readonly Rule[] = ['race', 'halving', 'hyperband'];
const SEQUENTIAL: readonly Rule[] = ['sprt', 'screen+sprt', 'branch+promote', ...CONTESTS];

/** Which rules read an option; the options that are not here say how a loop begins, or are read by all. */
export const READ_BY = {
  k: ['floor'],
  n: ['confirm', 'paired-t'],
  z: ['confirm'],
  alpha: ['paired-t', 'lift', ...SEQUENTIAL],
  beta: SEQUENTIAL,
  nmax: ['intensify', 'lift', ...SEQUENTIAL],
  mde: SEQUENTIAL,
  evidence: SEQUENTIAL,
  bound: SEQUENTIAL,
  every: ['branch+promote'],
  share: ['branch+promote'],
  margin: ['branch+promote'],
  pairedScouts: ['branch+promote'],
  arms: ['race', 'halving'],
  raceTest: ['race'],
  pulls: ['halving'],
  eta: ['hyperband'],
  rungs: ['hyperband'],
} as const satisfies Partial<Record<Option, readonly Rule[]>>;

export type RuledOption = keyof typeof READ_BY;

const isRuled = (option: string): option is RuledOption => Object.hasOwn(READ_BY, option);

/** Whether a rule reads an option under some settings of the others. */
export const reads = (rule: Rule, option: RuledOption): boolean =>
  (READ_BY[option] as readonly Rule[]).includes(rule);

export interface Ignored {
  option: string;
  why: string;
}

const listed = (names: readonly string[]): string =>
  names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** What decides whether an option is read. */
export type Readers = Pick<Acceptance, 'rule' | 'evidence' | 'nmax'>;

const whyIgnored = (option: RuledOption, { rule, evidence, nmax }: Readers): string | null => {
  const readers = READ_BY[option];
  if (!reads(rule, option))
    return `the rule ${rule} does not read "${option}"; ${listed(readers)} ${readers.length === 1 ? 'does' : 'do'}`;
  if (option === 'bound' && evidence !== 'bet')
    return `evidence ${evidence} does not read "bound"; \`evidence: bet\` does`;
  if (rule === 'race' && option === 'nmax' && nmax < FEWEST_BLOCKS)
    return `a race drops nobody before its ${String(FEWEST_BLOCKS)}th seed: "nmax" must be at least ${String(FEWEST_BLOCKS)}, not ${String(nmax)}`;
  return null;
};

/** Options that were written down and would change no verdict: whoever wrote them expects that they do. */
export const ignoredOptions = (acceptance: Readers, written: readonly string[]): Ignored[] =>
  written.flatMap((option) => {
    const why = isRuled(option) ? whyIgnored(option, acceptance) : null;
    return why === null ? [] : [{ option, why }];
  });
