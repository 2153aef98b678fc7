import { logMeanExp } from '../evidence/log-mean-exp.js';

/** Sizes of the effect, in root mean squares of the differences, that the mixture bets on; both directions alike. */
const EFFECTS = [0.5, 1, 2, 4];

const logCosh = (x: number): number => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2;

/**
 * ln of the e-value against "each difference could as well have the other sign", which is what the sign-flip test assumes:
 * E = mean over g of prod_i exp(g d_i / s) / cosh(g d_i / s), s the root mean square. Given the sizes each factor is 1 in
 * the mean over its sign, so E is 1 in the mean over all choices of signs, and at most 2^n. Unchanged by scaling.
 */
export const symmetryLogE = (d: readonly number[]): number => {
  const scale = Math.sqrt(d.reduce((sum, one) => sum + one * one, 0) / d.length);
  if (!(scale > 0)) return 0;
  const bets = EFFECTS.flatMap((g) => [g, -g]);
  return logMeanExp(
    bets.map((g) => d.reduce((sum, one) => sum + (g * one) / scale - logCosh((g * one) / scale), 0)),
  );
};
