import { logGamma } from './log-gamma.js';

/** Steps of the trapezoid rule per width of the integrand, and the depth (in logs) at which its tails are cut. */
const STEPS = 4;
const DEPTH = 40;

/**
 * ln E[exp(a X)] for X with a chi distribution of n degrees of freedom: the series sum_k a^k / k! 2^(k/2)
 * Gamma((n + k) / 2) / Gamma(n / 2), which loses all digits for a < 0 and needs 1e5 terms for large a, as the
 * integral of exp(a e^u + n u - e^(2u) / 2) du / (2^(n/2 - 1) Gamma(n/2)) that it sums. Around its peak the trapezoid
 * rule converges geometrically, about 1e-12 with these steps.
 */
export const logChiTransform = (n: number, a: number): number => {
  const root = Math.sqrt(a * a + 4 * n);
  // the positive root of x^2 - a x - n, in the form without cancellation
  const peak = a > 0 ? (a + root) / 2 : (2 * n) / (root - a);
  const at = (u: number): number => {
    const x = peak * Math.exp(u);
    return a * (x - peak) + n * u - (x - peak) * (x + peak) * 0.5;
  };
  const step = 1 / (STEPS * Math.sqrt(peak * peak + n));
  let total = 1;
  for (const direction of [step, -step]) {
    for (let i = 1; ; i++) {
      const height = at(i * direction);
      if (height < -DEPTH) break;
      total += Math.exp(height);
    }
  }
  const top = a * peak + n * Math.log(peak) - (peak * peak) / 2;
  return top + Math.log(total * step) - (n / 2 - 1) * Math.LN2 - logGamma(n / 2);
};
