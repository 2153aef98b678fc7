import type { Evidence } from './evidence.js';
import { logGamma } from './log-gamma.js';

/** Effects in standard deviations among which the e-value spreads its bets. */
const EFFECTS = [0.5, 1, 2, 4];
const NEGLIGIBLE = -40;

const logSum = (logs: readonly number[]): number => {
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - top), 0));
};

/** ln of sum_k (g r)^k / k! 2^(k/2) Γ((n+k)/2) / Γ(n/2), for g r > 0. */
const logSeries = (gr: number, n: number): number => {
  const step = Math.log(gr) + 0.5 * Math.LN2;
  const base = logGamma(n / 2);
  const terms: number[] = [];
  let best = -Infinity;
  for (let k = 0; k < 5000; k++) {
    const term = k * step - logGamma(k + 1) + logGamma((n + k) / 2) - base;
    terms.push(term);
    best = Math.max(best, term);
    if (term < best + NEGLIGIBLE) break;
  }
  return logSum(terms);
};

/**
 * Right-Haar t e-value for an unknown standard deviation. Gains that sum to nothing or less are given the value of
 * a zero sum, which is an upper bound below 1: the series cancels there, and nothing is ever decided by it.
 */
export const tEvidence: Evidence = (gains) => {
  const n = gains.length;
  if (n < 2) return 0;
  const squares = gains.reduce((sum, gain) => sum + gain * gain, 0);
  if (squares === 0) return 0;
  const r = gains.reduce((sum, gain) => sum + gain, 0) / Math.sqrt(squares);
  const logs = EFFECTS.map((g) => (-n * g * g) / 2 + (r > 0 ? logSeries(g * r, n) : 0));
  return logSum(logs) - Math.log(EFFECTS.length);
};
