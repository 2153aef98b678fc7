import { logGamma } from './log-gamma.js';

/** So far above its mean that nothing is left of the tail. */
const isFar = (x: number, df: number): boolean => x > 10 * df + 100;

/** P(X <= x) for the chi-square distribution: the series of the lower incomplete gamma function, DLMF 8.7.1. */
export const chiSquareCdf = (x: number, df: number): number => {
  if (x <= 0) return 0;
  if (isFar(x, df)) return 1;
  const [a, half] = [df / 2, x / 2];
  let term = Math.exp(a * Math.log(half) - half - logGamma(a + 1));
  let total = term;
  for (let k = 1; k <= 10_000 && term > 1e-16 * total; k++) {
    term *= half / (a + k);
    total += term;
  }
  return Math.min(1, total);
};
