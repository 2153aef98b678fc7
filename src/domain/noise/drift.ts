import { studentCdf } from '../distributions/student-t.js';
import { mean } from '../statistics.js';

/** A straight line through values in the order in which they were measured. */
export interface Drift {
  /** change over all of the runs, in units of the metric */
  total: number;
  /** change from one run to the next */
  perRun: number;
  /** chance of a slope this steep without any drift, two-sided; null for fewer than four values */
  p: number | null;
}

/** Below this chance the order of the runs is taken to matter. */
export const DRIFTS_BELOW = 0.01;

export const drifts = ({ p }: Drift): boolean => p !== null && p < DRIFTS_BELOW;

/** Student's test of a slope, two-sided. */
export const slopeP = ({ slope, error, df }: { slope: number; error: number; df: number }): number => {
  if (slope === 0) return 1;
  const t = error === 0 ? Number.POSITIVE_INFINITY : Math.abs(slope) / error;
  return 2 * (1 - studentCdf(t, df));
};

const line = (values: readonly number[], times: readonly number[]) => {
  const n = values.length;
  const [centre, middle] = [mean(values), mean(times)];
  const off = values.map((value, i) => ({ x: (times[i] ?? 0) - middle, y: value - centre }));
  const spread = off.reduce((sum, { x }) => sum + x * x, 0);
  const slope = off.reduce((sum, { x, y }) => sum + x * y, 0) / spread;
  const rest = off.reduce((sum, { x, y }) => sum + (y - slope * x) ** 2, 0);
  return { slope, error: Math.sqrt(rest / (n - 2) / spread), df: n - 2 };
};

/** Least squares against the order, and Student's test of its slope with n - 2 degrees of freedom. */
export const driftOf = (values: readonly number[], times = values.map((_, at) => at)): Drift => {
  if (values.length < 4) return { total: 0, perRun: 0, p: null };
  const found = line(values, times);
  const length = Math.max(...times) - Math.min(...times);
  return { total: found.slope * length, perRun: found.slope, p: slopeP(found) };
};
