import type { PromotionState } from '../../contract/promotion.js';

export interface ScoutsAhead {
  /** experiments that the budget still has, those begun left out */
  left: number;
  /** how many are wanted, at most */
  wanted: number;
  /** scouts that were begun (asked for, proposed, running) and have no verdict */
  outstanding: number;
}

/**
 * How many more scouts may be begun so that each epoch of scouting that they lead into can still be tested: a test is an
 * experiment too. The very last one, on an empty branch, needs none.
 */
export const affordableScouts = (
  { phase, scouted, branch, options }: PromotionState,
  { left, wanted, outstanding }: ScoutsAhead,
): number => {
  const begun = outstanding + (phase.kind === 'scout' ? scouted : 0);
  let count = 0;
  while (count < wanted && count + 1 + Math.ceil((begun + count + 1) / options.every) <= left) count++;
  const isLast = count === 0 && outstanding === 0 && branch.length === 0 && phase.kind === 'scout';
  return isLast && left >= 1 ? Math.min(1, wanted) : count;
};
