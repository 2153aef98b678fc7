import type { Measurement } from '../../contract/measurement.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { counted } from '../format.js';
import type { Evidence, Overtaken } from './rule.js';
import { isDeterministic } from './without-noise.js';

const ON_PAIRS: readonly Acceptance['rule'][] = ['confirm', 'paired-t', 'sprt', 'screen+sprt', 'intensify'];

/** Whether verdicts come of pairs that candidate and incumbent make on shared seeds, one after the other. */
export const isJudgedInPairs = ({ rule }: Acceptance, known: Pick<Evidence, 'noise'>): boolean =>
  ON_PAIRS.includes(rule) && !isDeterministic(known);

/**
 * Whether pairs begin anew beside another incumbent. A lift's would be no worse for it, but their runs are named by their
 * index: the new incumbent's would have the names of the old one's, and one of two runs of a name is all that is recorded.
 */
export const beginsAnew = (acceptance: Acceptance, known: Pick<Evidence, 'noise'>): boolean =>
  acceptance.rule === 'lift' || isJudgedInPairs(acceptance, known);

/** How often pairs begin anew: what a candidate is paid in vain for has an end. */
export const MOST_ANEW = 3;

type Run = Pick<Measurement, 'role' | 'index' | 'commit'>;

/**
 * Where pairs with the present incumbent begin, once runs were made beside another: old runs of the candidate beside new
 * ones of the incumbent would be pairs that drift takes apart. The runs come in the order that they were made in; null:
 * every pair counts.
 */
export const overtakenIn = (runs: readonly Run[], incumbent: string): Overtaken | null => {
  const beside = runs.filter(({ role }) => role === 'incumbent');
  const lastOther = beside.findLastIndex(({ commit }) => commit !== incumbent);
  if (lastOther < 0) return null;
  const reigns = beside.filter(({ commit }, at) => commit !== beside[at - 1]?.commit).length;
  const present = beside.slice(lastOther + 1).map(({ index }) => index);
  const from = present.length > 0 ? Math.min(...present) : 1 + Math.max(...runs.map(({ index }) => index));
  const times = present.length > 0 ? reigns - 1 : reigns;
  return from === 0 ? null : { from, times, pairs: lastOther + 1 };
};

/** What a verdict's reason says of pairs that were paid in vain. */
export const overtakenInWords = ({ overtaken }: Evidence): string =>
  overtaken === undefined
    ? ''
    : `; judged anew since the incumbent changed, without ${counted(overtaken.pairs, 'earlier pair')}`;
