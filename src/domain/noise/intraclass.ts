import { bisect } from '../distributions/bisect.js';
import { fisherCdf } from '../distributions/fisher-f.js';
import { mean } from '../statistics.js';

export interface Intraclass {
  rho: number;
  /** 95 % */
  interval: [number, number];
}

const fisherQuantile = (p: number, d1: number, d2: number): number => {
  let high = 1;
  while (fisherCdf(high, d1, d2) < p) high *= 2;
  return bisect((f) => fisherCdf(f, d1, d2), p, [0, high]);
};

const ofRatio = (f: number): number => (f === Number.POSITIVE_INFINITY ? 1 : (f - 1) / (f + 1));

/**
 * How alike two runs of one seed are: the one-way random-effects correlation (B - W) / (B + W) of the mean squares
 * between and within seeds, two runs each, with the exact interval from F = B / W. (Shrout & Fleiss 1979, ICC(1,1).)
 * Null for fewer than three seeds, and where nothing varies.
 */
export const intraclass = (pairs: readonly (readonly [number, number])[]): Intraclass | null => {
  const n = pairs.length;
  if (n < 3) return null;
  const centre = mean(pairs.flat());
  const between = (2 * pairs.reduce((sum, [a, b]) => sum + ((a + b) / 2 - centre) ** 2, 0)) / (n - 1);
  const within = pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2 / 2, 0) / n;
  if (between + within === 0) return null;
  const f = within === 0 ? Number.POSITIVE_INFINITY : between / within;
  const low = ofRatio(f / fisherQuantile(0.975, n - 1, n));
  const high = ofRatio(f * fisherQuantile(0.975, n, n - 1));
  return { rho: ofRatio(f), interval: [low, high] };
};
