import { bisect } from './bisect.js';

/** P(Z <= z): Marsaglia's series z phi(z) (1 + z^2/3 + z^4/15 + …) in the middle, a continued fraction in the tails. */
export const normalCdf = (z: number): number => {
  const size = Math.abs(z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (size > 5) {
    let fraction = size;
    for (let k = 60; k >= 1; k--) fraction = size + k / fraction;
    return z > 0 ? 1 - density / fraction : density / fraction;
  }
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + density * sum;
};

/** The z that P(Z <= z) = p belongs to, for p strictly between 0 and 1. */
export const normalQuantile = (p: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError('a probability lies between 0 and 1');
  return bisect(normalCdf, p, [-38, 38]);
};
