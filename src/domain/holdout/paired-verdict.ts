import type { HoldoutRule } from '../../contract/audit.js';
import type { HoldoutVerdict } from '../../contract/steward.js';
import type { Evidence } from './evidence.js';
import { tailHolds } from './tail.js';

export type SequentialRule = Extract<HoldoutRule, { name: 'sequential' }>;

export interface PairedVerdict {
  verdict: HoldoutVerdict | 'more';
  /** of "it pays"; null where no evidence was weighed */
  logE: number | null;
}

/**
 * Sequential verdict on the gains so far: pays rejects "at most eps", flat "at least eps", harmful "at least 0". All
 * three may be asked after every pair; pays is held back while the tail doesn't hold. A gain of -Infinity is a crash that the incumbent did not share.
 */
export const pairedVerdict = (
  gains: readonly number[],
  rule: SequentialRule,
  evidence: Evidence,
): PairedVerdict => {
  if (gains.some((gain) => Number.isNaN(gain) || gain === Infinity))
    return { verdict: 'invalid', logE: null };
  if (gains.includes(-Infinity)) return { verdict: 'harmful', logE: null };
  if (gains.length < rule.least)
    return { verdict: gains.length < rule.most ? 'more' : 'undecided', logE: null };
  if (gains.every((gain) => gain === 0)) return { verdict: 'flat', logE: 0 };
  const bar = Math.log(1 / rule.alpha);
  const logE = evidence(gains.map((gain) => gain - rule.eps));
  if (logE >= bar && tailHolds(gains, rule)) return { verdict: 'pays', logE };
  if (evidence(gains.map((gain) => -gain)) >= bar) return { verdict: 'harmful', logE };
  if (evidence(gains.map((gain) => rule.eps - gain)) >= bar) return { verdict: 'flat', logE };
  return { verdict: gains.length < rule.most ? 'more' : 'undecided', logE };
};
