import type { Levels } from '../../contract/evidence.js';
/** 1 / (2.11 (t + 1) ln^2 (t + 1)): the sum over all t >= 1 is 0.99988. */
export const gamma = (t: number): number => 1 / (2.11 * (t + 1) * Math.log(t + 1) ** 2);

/**
 * Level of the next test: alpha_t = alpha gamma_t (keeps + 1), keep iff E_t >= 1 / alpha_t. The expected share of false
 * keeps among all keeps is then at most alpha, however the tests depend on each other. (e-LOND: Xu & Ramdas,
 * AISTATS 2024.)
 */
export const eLondAlpha = (alpha: number, { tests, keeps }: Levels): number =>
  Math.min(1, alpha * gamma(tests + 1) * (keeps + 1));

/** Level of the next test for "no false keep ever": alpha / (t (t + 1)), whose sum is alpha. */
export const neverAlpha = (alpha: number, { tests }: Pick<Levels, 'tests'>): number =>
  alpha / ((tests + 1) * (tests + 2));
