import type { HoldoutRule } from '../../contract/audit.js';
import type { HoldoutVerdict } from '../../contract/steward.js';
import { mean } from '../statistics.js';
import { laplace } from './laplace.js';

export interface ThresholdoutOptions {
  /** T */
  threshold: number;
  /** s: the threshold is noised by Lap(2s), a comparison by Lap(4s), an answer by Lap(s) */
  scale: number;
}

export interface ThresholdoutState {
  /** T + Lap(2s), drawn anew after each answer from the holdout */
  noisy: number;
  /** answers from the holdout that are left */
  budget: number;
}

export const openThresholdout = (
  { threshold, scale }: ThresholdoutOptions,
  budget: number,
  uniform: () => number,
): ThresholdoutState => ({ noisy: threshold + laplace(uniform(), 2 * scale), budget });

/** One question: the holdout speaks only where it differs from what is known already. Null: the budget is spent. */
export const thresholdout = (
  state: ThresholdoutState,
  scores: { train: number; holdout: number },
  { threshold, scale, uniform }: ThresholdoutOptions & { uniform: () => number },
): { answer: number | null; state: ThresholdoutState } => {
  if (state.budget <= 0) return { answer: null, state };
  const differs = Math.abs(scores.holdout - scores.train) > state.noisy + laplace(uniform(), 4 * scale);
  if (!differs) return { answer: scores.train, state };
  return {
    answer: scores.holdout + laplace(uniform(), scale),
    state: { noisy: threshold + laplace(uniform(), 2 * scale), budget: state.budget - 1 },
  };
};

export type ThresholdoutRule = Extract<HoldoutRule, { name: 'thresholdout' }>;

/** Whether the answer comes from the holdout: where it crashed, or is further from the claim than the noised threshold. */
export const saysHoldout = (gains: readonly number[], rule: ThresholdoutRule): boolean =>
  gains.some((gain) => !Number.isFinite(gain)) ||
  (gains.length > 0 && Math.abs(mean(gains) - rule.claimed) > rule.threshold + rule.comparison);

/** The verdict that follows from a claimed gain and the holdout's: its noise is part of the rule, so that it replays. */
export const thresholdoutVerdict = (gains: readonly number[], rule: ThresholdoutRule): HoldoutVerdict => {
  if (gains.length === 0) return 'undecided';
  if (gains.some((gain) => Number.isNaN(gain) || gain === Infinity)) return 'invalid';
  if (gains.includes(-Infinity)) return 'harmful';
  const answer = saysHoldout(gains, rule) ? mean(gains) + rule.answer : rule.claimed;
  if (answer > rule.eps) return 'pays';
  return answer < 0 ? 'harmful' : 'flat';
};
