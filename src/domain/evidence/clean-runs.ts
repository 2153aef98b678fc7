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
