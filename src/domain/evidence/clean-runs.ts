import { bisect } from '../distributions/bisect.js';
import { incompleteBeta } from '../distributions/incomplete-beta.js';
import { counted, formatSpread } from '../format.js';
import { finite } from './not-finite.js';

/**
 * Clean runs needed to exclude, with this confidence, that more than a share `prevalence` of runs crash: the smallest n
 * with (1 - prevalence)^n <= 1 - confidence. The rule of three, n >= 3 / p, is its limit at 95 %.
 */
export const cleanRunsNeeded = (prevalence: number, confidence = 0.95): number => {
  if (finite(prevalence, 'a prevalence') <= 0 || prevalence >= 1)
    throw new RangeError('a prevalence lies between 0 and 1');
  return Math.ceil(Math.log(1 - confidence) / Math.log1p(-prevalence));
};

/** Chance of at most k crashes in n runs where a share `rate` of them crash. */
const atMost = (k: number, n: number, rate: number): number => 1 - incompleteBeta(rate, k + 1, n - k);

/**
 * The highest crash rate that these runs leave possible with this confidence: Clopper and Pearson's one-sided bound, which
 * is 1 - (1 - confidence)^(1/n) where none crashed.
 */
export const crashRateBound = (
  { runs, crashes }: { runs: number; crashes: number },
  confidence = 0.95,
): number => {
  if (crashes >= runs) return 1;
  if (crashes === 0) return 1 - (1 - confidence) ** (1 / runs);
  return bisect((rate) => 1 - atMost(crashes, runs, rate), confidence, [0, 1]);
};

/** What is known of a kept candidate's crashes. */
export const crashRateInWords = (seen: { runs: number; crashes: number }): string =>
  `${String(seen.crashes)} ${seen.crashes === 1 ? 'crash' : 'crashes'} in ${counted(seen.runs, 'run')}: a crash rate up to ${formatSpread(100 * crashRateBound(seen))} % is not excluded at 95 %`;
