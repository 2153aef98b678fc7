import type { PromotionState } from '../../contract/promotion.js';

/** Seeds that runs were started on are not fresh any more, whether they were looked at or not. */
export const skipSeeds = (state: PromotionState, next: number): PromotionState => ({
  ...state,
  nextSeed: Math.max(state.nextSeed, next),
});
