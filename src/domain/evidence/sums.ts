import { finite } from './not-finite.js';

/** All that z, mz and t need of the differences: their number, sum and sum of squares. */
export interface Sums {
  kind: 'sums';
  n: number;
  sum: number;
  squares: number;
}

export const NO_SUMS: Sums = { kind: 'sums', n: 0, sum: 0, squares: 0 };

export const addToSums = ({ n, sum, squares }: Sums, d: number): Sums => {
  finite(d, 'a difference');
  return { kind: 'sums', n: n + 1, sum: sum + d, squares: squares + d * d };
};
