import type { Incumbent } from '../../contract/loop.js';
import { openPromotion, stepPromotion } from '../acceptance/promotion.js';
import type { Direction } from '../score.js';
import { type BranchState, onTrunk } from './branch-state.js';
import { upward } from './upward.js';
import type { PromotionOptions } from '../../contract/promotion.js';

/** Branch + promote once an artifact has been measured: it is the first trunk, its runs are its standing; null: crashed. */
export const openBranch = (
  options: PromotionOptions,
  baseline: {
    trunk: Incumbent;
    values: readonly (number | null)[];
    direction: Direction;
    firstSeed?: number;
  },
): BranchState => {
  const { trunk, values, direction, firstSeed } = baseline;
  const opened = openPromotion(options, trunk.commit, firstSeed).state;
  const scouting = values.reduce(
    (state, value) =>
      stepPromotion(state, { kind: 'ran', value: value === null ? null : upward(direction, value) }).state,
    opened,
  );
  return onTrunk(scouting, trunk, direction);
};
