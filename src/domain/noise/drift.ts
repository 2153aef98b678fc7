import { studentCdf } from '../distributions/student-t.js';
import { mean } from '../statistics.js';

/** A straight line through values in the order in which they were measured. */
export interface Drift {
  /** change over the whole study, in units of the metric */
  total: number;
  /** chance of a slope this steep without any drift, two-sided; null for fewer than four values */
  p: number | null;
}

/** Below this chance the order of the runs is taken to matter. */
export const DRIFTS_BELOW = 0.01;

export const drifts = ({ p }: Drift): boolean => p !== null && p < DRIFTS_BELOW;

/** Least squares against the order, and Student's test of its slope with n - 2 degrees of freedom. */
export const driftOf = (values: readonly number[]): Drift => {
  const n = values.length;
  if (n < 4) return { total: 0, p: null };
  const centre = mean(values);
  const middle = (n - 1) / 2;
  const spread = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const slope = values.reduce((sum, value, at) => sum + (at - middle) * (value - centre), 0) / spread;
  const rest = values.reduce((sum, value, at) => sum + (value - centre - slope * (at - middle)) ** 2, 0);
  const total = slope * (n - 1);
  if (slope === 0) return { total, p: 1 };
  const error = Math.sqrt(rest / (n - 2) / spread);
  const t = error === 0 ? Number.POSITIVE_INFINITY : Math.abs(slope) / error;
  return { total, p: 2 * (1 - studentCdf(t, n - 2)) };
};
