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

/** Degrees of freedom that were used up before: by a line that was taken off, say. */
interface Lost {
  between: number;
  within: number;
}

/**
 * How alike two runs of one seed are: the one-way random-effects correlation (B - W) / (B + W) of the mean squares
 * between and within seeds, two runs each, with the exact interval from F = B / W. (Shrout & Fleiss 1979, ICC(1,1).)
 * Null for fewer than three seeds, and where nothing varies.
 */
export const intraclass = (
  pairs: readonly (readonly [number, number])[],
  lost: Lost = { between: 0, within: 0 },
): Intraclass | null => {
  if (pairs.length < 3) return null;
  const [d1, d2] = [pairs.length - 1 - lost.between, pairs.length - lost.within];
  const centre = mean(pairs.flat());
  const between = (2 * pairs.reduce((sum, [a, b]) => sum + ((a + b) / 2 - centre) ** 2, 0)) / d1;
  const within = pairs.reduce((sum, [a, b]) => sum + (a - b) ** 2 / 2, 0) / d2;
  if (between + within === 0) return null;
  const f = within === 0 ? Number.POSITIVE_INFINITY : between / within;
  const low = ofRatio(f / fisherQuantile(0.975, d1, d2));
  const high = ofRatio(f * fisherQuantile(0.975, d2, d1));
  return { rho: ofRatio(f), interval: [low, high] };
};
