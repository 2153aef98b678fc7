import type { LoopState, PromotionStatus } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';

/** How far branch + promote is; `underWay` is the state within a promotion that isn't over. */
export const promotionStatus = (
  { promotion, incumbent }: Pick<LoopState, 'promotion' | 'incumbent'>,
  underWay: PromotionState | null,
): PromotionStatus | null => {
  if (promotion === null) return null;
  const { branch, scouted, options } = promotion;
  const phase = (underWay ?? promotion).phase.kind;
  return {
    phase,
    provisional: branch.length,
    head: branch.length === 0 ? null : incumbent,
    scoutsLeft: Math.max(0, options.every - scouted),
  };
};
