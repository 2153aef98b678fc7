import type { Random } from '../random.js';
import { mean, standardDeviation } from '../statistics.js';

/** One normal number. (Box & Muller 1958.) */
const normal = (draws: Random): number =>
  Math.sqrt(-2 * Math.log(1 - draws.next())) * Math.cos(2 * Math.PI * draws.next());

/**
 * Fresh values like these few: the smoothed bootstrap keeps their shape, mean and variance (Silverman 1986, 6.4).
 * Plain resampling would draw three equal values out of three every ninth time, and no noise at all is what rules trust
 * most; where values were measured equal, ties are the metric's own and are kept.
 */
export const likeMeasured = (values: readonly number[]): ((draws: Random) => number) => {
  const n = values.length;
  if (new Set(values).size < n) return (draws) => draws.pick(values);
  const centre = mean(values);
  const sd = standardDeviation(values);
  const width = 1.06 * n ** -0.2;
  const stretch = Math.sqrt(n / Math.max(1, n - 1));
  return (draws) =>
    centre +
    (stretch * (draws.pick(values) - centre) + width * sd * normal(draws)) / Math.sqrt(1 + width * width);
};
