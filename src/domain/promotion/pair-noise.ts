import type { Noise } from '../../contract/loop.js';
import type { Differences } from '../../contract/promotion.js';
import { ENOUGH_FREEDOM } from '../acceptance/sequential-test.js';

/** Differences that were all the same so far are no proof that none will ever differ. */
const MOST = 0.99;

/**
 * The noise of a run and its correlation under shared seeds, as the pairs of promotion tests show it: their variance is
 * 2 sigma^2 (1 - rho). Too few pairs say nothing yet; then seeds count as uncorrelated, which only makes tests longer.
 */
export const pairNoise = (noise: Noise, { squares, df }: Differences): Noise & { rho?: number } => {
  if (df < ENOUGH_FREEDOM || noise.sigma === 0) return noise;
  const rho = 1 - squares / df / (2 * noise.sigma ** 2);
  return { sigma: noise.sigma, n: Math.max(noise.n, df + 1), rho: Math.min(MOST, rho) };
};
