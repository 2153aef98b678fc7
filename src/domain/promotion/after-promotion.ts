import type { Incumbent, Noise } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Direction } from '../score.js';
import { type BranchState, onTrunk } from './branch-state.js';
import { giveUp } from './give-up.js';
import { retune } from './retune.js';

/**
 * How a promotion ended. promoted: the machine's state stands. lost: it is back on the old trunk. given-up: it must be
 * brought back. stopped: the branch waits for another test.
 */
export type PromotionEnd = 'promoted' | 'lost' | 'given-up' | 'stopped';

export interface Ended {
  end: PromotionEnd;
  /** trunk and branch when the test began, with its level already taken */
  begun: BranchState & { promotion: PromotionState };
  /** the machine's state now */
  now: PromotionState;
  /** what stands from now on */
  trunk: Incumbent;
}

/** Trunk and branch after a promotion; stopped, the branch is as it was and only its seeds are used up. */
export const afterPromotion = (
  { end, begun, now, trunk }: Ended,
  { acceptance, noise, direction }: { acceptance: Acceptance; noise: Noise | null; direction: Direction },
): BranchState => {
  if (end === 'stopped') {
    return { ...begun, trunk, promotion: { ...begun.promotion, nextSeed: now.nextSeed } };
  }
  const next = end === 'given-up' ? giveUp(begun.promotion, now) : now;
  return onTrunk(retune(next, acceptance, { trunk, noise, direction }), trunk, direction);
};
