import type { Incumbent } from '../../contract/incumbent.js';
import type { PromotionState, RestsOnNoise } from '../../contract/promotion.js';
import { backTo } from '../alarms/back-to.js';
import type { Direction } from '../score.js';
import type { BranchState } from './branch-state.js';
import { beginTest } from './test-branch.js';

/**
 * A trunk whose promotion is in doubt is a branch again, on the trunk before it, and is to be tested next, on fresh seeds
 * and under the noise as it is known now. What was promoted on top of it comes along: one test decides about all of it.
 */
export const putBack = (
  { promotion, trunk }: { promotion: PromotionState; trunk: Incumbent },
  { before, experiment: doubted }: RestsOnNoise,
  direction: Direction,
): BranchState => {
  const back = backTo({ promotion, trunk }, before, direction);
  const { experiment, commit } = trunk;
  const resting = (promotion.resting ?? []).filter((one) => one.experiment < doubted);
  const opened = { ...(back.promotion ?? promotion), branch: [String(experiment)], resting };
  return {
    trunk: before,
    incumbent: trunk,
    provisional: [{ experiment, base: before.branchCommit, commit, changes: [experiment] }],
    promotion: beginTest(opened),
  };
};
