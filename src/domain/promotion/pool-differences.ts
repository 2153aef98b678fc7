import type { Sums } from '../../contract/evidence.js';
import type { PromotionState } from '../../contract/promotion.js';

/** The differences of a test that has ended tell the spread of a pair, whatever its verdict was. */
export const poolDifferences = (state: PromotionState, { n, sum, squares }: Sums): PromotionState => {
  if (n < 2) return state;
  const { differences } = state;
  const around = Math.max(0, squares - (sum * sum) / n);
  return { ...state, differences: { squares: differences.squares + around, df: differences.df + n - 1 } };
};
