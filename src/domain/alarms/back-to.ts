import type { Incumbent, LoopState } from '../../contract/loop.js';
import { type BranchState, onTrunk } from '../promotion/branch-state.js';
import { openBranch } from '../promotion/open-branch.js';
import { beginScouting } from '../promotion/scout.js';
import type { Direction } from '../score.js';

/** Incumbent, trunk and branch when an earlier incumbent stands again; tests and seeds that were used stay used. */
export const backTo = (
  { promotion, trunk }: Pick<LoopState, 'promotion' | 'trunk'>,
  to: Incumbent,
  direction: Direction,
): Partial<BranchState> => {
  if (promotion === null) return { incumbent: to };
  const epoch = promotion.epoch + 1;
  if (trunk?.experiment === to.experiment)
    return onTrunk(beginScouting({ ...promotion, epoch }), to, direction);
  // its single runs are not remembered, their mean is
  const values = Array.from({ length: promotion.options.repeats }, () => to.value);
  const opened = openBranch(promotion.options, { trunk: to, values, direction });
  const { levels, differences, nextSeed, resting } = promotion;
  const still = resting?.filter(({ experiment }) => experiment <= to.experiment) ?? [];
  const known = { levels, differences, nextSeed, epoch, ...(still.length === 0 ? {} : { resting: still }) };
  const merged = opened.promotion === null ? null : { ...opened.promotion, ...known };
  return { ...opened, promotion: merged };
};
