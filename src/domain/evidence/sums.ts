import type { Sums } from '../../contract/evidence.js';
import { finite } from './not-finite.js';

export const NO_SUMS: Sums = { kind: 'sums', n: 0, sum: 0, squares: 0 };

export const addToSums = ({ n, sum, squares }: Sums, d: number): Sums => {
  finite(d, 'a difference');
  return { kind: 'sums', n: n + 1, sum: sum + d, squares: squares + d * d };
};
