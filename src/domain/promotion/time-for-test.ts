import { waldPairs } from '../evidence/wald.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';

/** Where nothing is futile: as if a fifth of the gains looked for were missed. */
const USUAL_BETA = 0.2;

/** Runs that a won test takes on average: pairs until it has a verdict, and the new trunk's standing. */
const runsForTest = ({ alpha, beta, noise, nmax, repeats }: PromotionOptions): number => {
  const pairs = waldPairs({ alpha, beta: beta ?? USUAL_BETA, delta: noise.delta, sd: noise.sd }, noise.delta);
  return 2 * Math.min(nmax, Math.ceil(pairs)) + repeats;
};

/** Whether what is left of a budget in seconds pays for little more than the test of what is on the branch. */
export const isTimeForTest = (
  promotion: PromotionState,
  left: { wallClock: number; deviceSeconds: number },
  runs: { meanRunSeconds: number | null; concurrency: number; devices: number },
): boolean => {
  const { meanRunSeconds, concurrency, devices } = runs;
  if (promotion.branch.length === 0 || meanRunSeconds === null) return false;
  const seconds = (runsForTest(promotion.options) + 1) * meanRunSeconds;
  return left.deviceSeconds < seconds * devices || left.wallClock < seconds / concurrency;
};
