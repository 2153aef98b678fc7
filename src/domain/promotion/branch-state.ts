import type { Incumbent, LoopState } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { Direction } from '../score.js';
import { upward } from './upward.js';

/** What a loop's state knows of trunk and branch; the incumbent is the branch's head. */
export type BranchState = Pick<LoopState, 'incumbent' | 'trunk' | 'promotion' | 'provisional'>;

/** An empty branch: its head is the trunk, and what it is compared with is the machine's cached best. */
export const onTrunk = (promotion: PromotionState, trunk: Incumbent, direction: Direction): BranchState => ({
  promotion,
  trunk,
  provisional: [],
  incumbent: {
    ...trunk,
    value: promotion.best === null ? trunk.value : upward(direction, promotion.best),
    n: promotion.options.pairedScouts ? 1 : trunk.n,
  },
});
