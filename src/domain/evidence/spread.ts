import type { Sums } from '../../contract/evidence.js';
import type { Differences } from '../../contract/promotion.js';
import { chiSquareCdf } from '../distributions/chi-square.js';

/**
 * Level of the test that the spread is no larger than planned: high where there are few differences, as at 5 % they would
 * let through noise twice as large; falling with more of them, so that a noise as planned costs no power.
 */
const levelAt = (df: number): number => Math.max(0.05, Math.min(0.4, 2.4 / df));

const isWider = ({ squares, df }: Differences, sd: number): boolean =>
  df > 0 && chiSquareCdf(squares / sd ** 2, df) > 1 - levelAt(df);

/** The spread of differences around their mean. */
const spreadOf = ({ n, sum, squares }: Sums): Differences => ({
  squares: n < 2 ? 0 : Math.max(0, squares - (sum * sum) / n),
  df: Math.max(0, n - 1),
});

/**
 * Their standard deviation where differences scatter more than it was thought to be, by chi-square at the level above: alone,
 * as noise may have grown, or with what was measured `before`; null where neither does.
 */
export const widerSpread = (sums: Sums, before: Differences, sd: number): number | null => {
  const own = spreadOf(sums);
  const all = { squares: own.squares + before.squares, df: own.df + before.df };
  const wider = [own, all].filter((one) => isWider(one, sd));
  return wider.length === 0 ? null : Math.max(...wider.map(({ squares, df }) => Math.sqrt(squares / df)));
};
