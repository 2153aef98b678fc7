import type { HoldoutNumbers, HoldoutRule } from '../../contract/audit.js';
import type { Evidence } from './evidence.js';
import { ladderVerdict } from './ladder-free.js';
import { pairedVerdict, type PairedVerdict } from './paired-verdict.js';
import { saysHoldout, thresholdoutVerdict, type ThresholdoutRule } from './thresholdout.js';

type Pair = HoldoutNumbers['pairs'][number];
type Measured = Pick<HoldoutNumbers, 'pairs' | 'direction' | 'cut'>;

/**
 * Gain of a pair in units of the metric. A candidate that fails where the incumbent runs has lost without limit; where
 * both fail nothing was learnt; an incumbent that fails alone makes the pair no comparison, which NaN says.
 */
const gainOf = ({ candidate, incumbent }: Pair, direction: HoldoutNumbers['direction']): number => {
  if (candidate === null && incumbent === null) return 0;
  if (candidate === null) return -Infinity;
  if (incumbent === null) return Number.NaN;
  return direction === 'maximize' ? candidate - incumbent : incumbent - candidate;
};

/** The verdict on stored numbers: what was answered then, and what a replay must answer again. */
export const judge = (
  { pairs, direction, cut }: Measured,
  rule: HoldoutRule,
  evidence: Evidence,
): PairedVerdict => {
  const gains = pairs.map((pair) => gainOf(pair, direction));
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
export const thresholdAfter = ({ pairs, direction, cut }: Measured, rule: ThresholdoutRule): number | null =>
  !cut &&
  saysHoldout(
    pairs.map((pair) => gainOf(pair, direction)),
    rule,
  )
    ? null
    : rule.threshold;
