import type { HoldoutNumbers, HoldoutRule } from '../../contract/audit.js';
import type { Evidence } from './evidence.js';
import { ladderVerdict } from './ladder-free.js';
import { pairedVerdict, type PairedVerdict } from './paired-verdict.js';
import { saysHoldout, thresholdoutVerdict, type ThresholdoutRule } from './thresholdout.js';

type Pair = HoldoutNumbers['pairs'][number];
type Measured = Pick<HoldoutNumbers, 'pairs' | 'direction' | 'cut'>;

const bothFailed = ({ candidate, incumbent }: Pair): boolean => candidate === null && incumbent === null;

/**
 * Gain of a pair in units of the metric. A candidate that fails where the incumbent runs has lost without limit; an
 * incumbent that fails alone makes the pair no comparison, which NaN says. Where both fail nothing was learnt.
 */
const gainOf = ({ candidate, incumbent }: Pair, direction: HoldoutNumbers['direction']): number => {
  if (candidate === null) return incumbent === null ? 0 : -Infinity;
  if (incumbent === null) return Number.NaN;
  return direction === 'maximize' ? candidate - incumbent : incumbent - candidate;
};

const gainsOf = ({ pairs, direction }: Measured, { leavesOut }: HoldoutRule): number[] =>
  pairs.filter((pair) => leavesOut === undefined || !bothFailed(pair)).map((pair) => gainOf(pair, direction));

/** Where both failed in each of so many pairs, it is no candidate's doing. */
const MOST_LOST = 10;

const nothingRuns = ({ pairs, cut }: Measured, rule: HoldoutRule): boolean =>
  rule.leavesOut !== undefined &&
  !cut &&
  pairs.length >= (rule.name === 'sequential' ? Math.min(MOST_LOST, rule.most) : 1) &&
  pairs.every(bothFailed);

/** The verdict on stored numbers: what was answered then, and what a replay must answer again. */
export const judge = (measured: Measured, rule: HoldoutRule, evidence: Evidence): PairedVerdict => {
  const { cut } = measured;
  const gains = gainsOf(measured, rule);
  if (nothingRuns(measured, rule)) return { verdict: 'invalid', logE: null };
  if (rule.name === 'sequential') {
    const judged = pairedVerdict(gains, rule, evidence);
    return judged.verdict === 'more' && cut ? { ...judged, verdict: 'undecided' } : judged;
  }
  if (cut) return { verdict: 'undecided', logE: null };
  const verdict = rule.name === 'ladder-free' ? ladderVerdict(gains, rule) : thresholdoutVerdict(gains, rule);
  return { verdict, logE: null };
};

/**
 * The noised threshold after a score by Thresholdout: it stands until the holdout itself has spoken, and only then is it
 * drawn anew. One drawn for each question would let the noise be averaged away. Null: the next question draws it.
 */
export const thresholdAfter = (measured: Measured, rule: ThresholdoutRule): number | null =>
  !measured.cut && saysHoldout(gainsOf(measured, rule), rule) ? null : rule.threshold;
