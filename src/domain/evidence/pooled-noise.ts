import { standardDeviation } from '../statistics.js';
import { finite } from './not-finite.js';

/** One measurement of a configuration under a seed. */
export interface Replicate {
  seed: number;
  value: number;
}

export interface PooledNoise {
  /** standard deviation of one run, in units of the metric */
  sigma: number;
  /** correlation of two configurations on one seed; null where no two shared two seeds */
  rho: number | null;
  df: number;
}

const sumOfSquares = (values: readonly number[]): number =>
  standardDeviation(values) ** 2 * Math.max(0, values.length - 1);

const pairDifferences = (a: readonly Replicate[], b: readonly Replicate[]): number[] => {
  const other = new Map(b.map(({ seed, value }) => [seed, value]));
  return a.flatMap(({ seed, value }) => {
    const partner = other.get(seed);
    return partner === undefined ? [] : [value - partner];
  });
};

/**
 * Noise of one run pooled over replicated configurations: s^2 = sum (n_k - 1) s_k^2 / sum (n_k - 1), each around its own
 * mean, so that better and worse configurations pool; rho from the variance of differences on shared seeds, which is
 * 2 s^2 (1 - rho).
 */
export const pooledNoise = (configurations: readonly (readonly Replicate[])[]): PooledNoise => {
  const values = configurations.map((one) => one.map(({ value }) => finite(value, 'a replicate')));
  const df = values.reduce((sum, one) => sum + Math.max(0, one.length - 1), 0);
  if (df === 0) return { sigma: 0, rho: null, df };
  const variance = values.reduce((sum, one) => sum + sumOfSquares(one), 0) / df;
  const sigma = Math.sqrt(variance);
  const differences = configurations
    .flatMap((a, i) => configurations.slice(i + 1).map((b) => pairDifferences(a, b)))
    .filter((one) => one.length > 1);
  if (differences.length === 0 || variance === 0) return { sigma, rho: null, df };
  const freedom = differences.reduce((sum, one) => sum + one.length - 1, 0);
  const ofPairs = differences.reduce((sum, one) => sum + sumOfSquares(one), 0) / freedom;
  return { sigma, rho: Math.max(-1, Math.min(1, 1 - ofPairs / (2 * variance))), df };
};

/** Standard deviation of the difference of two arms on one seed: sigma sqrt(2 (1 - rho)); rho unknown counts as 0. */
export const differenceSd = ({ sigma, rho }: { sigma: number; rho?: number | null }): number =>
  sigma * Math.sqrt(2 * (1 - (rho ?? 0)));
