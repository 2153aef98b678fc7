import type { Incumbent, ProvisionalChange } from '../../contract/loop.js';
import type { PromotionState } from '../../contract/promotion.js';
import { stepPromotion } from '../acceptance/promotion.js';
import type { Direction } from '../score.js';
import { type BranchState, onTrunk } from './branch-state.js';
import { upward } from './upward.js';

export interface Scout {
  experiment: number;
  base: string;
  commit: string;
  /** null: the run failed */
  value: number | null;
  direction: Direction;
}

interface Under {
  trunk: Incumbent;
  promotion: PromotionState;
  provisional: readonly ProvisionalChange[];
}

/**
 * The change that a scout is. One that was measured on another head than the present one carries only what that head
 * had; one whose base is neither trunk nor on this branch is all that lies between the trunk and it.
 */
const changeOf = ({ experiment, base, commit }: Scout, { trunk, provisional }: Under): ProvisionalChange => {
  const under = provisional.find((change) => change.commit === base);
  const known = under !== undefined || base === trunk.commit || base === trunk.branchCommit;
  return {
    experiment,
    base: known ? base : trunk.branchCommit,
    commit,
    changes: [...(under?.changes ?? []), experiment],
  };
};

/** Trunk and branch after a scouting run: whatever beats the cached best becomes the branch's head. */
export const takeScout = (under: Under, head: Incumbent, scout: Scout): BranchState => {
  const { trunk, promotion, provisional } = under;
  const { experiment, commit, direction } = scout;
  const value = scout.value === null ? null : upward(direction, scout.value);
  const change = changeOf(scout, under);
  const joins = value !== null && value > (promotion.best ?? Number.NEGATIVE_INFINITY);
  const beneath = change.changes.slice(0, -1).map(String);
  const next = stepPromotion(joins ? { ...promotion, branch: beneath } : promotion, {
    kind: 'scouted',
    change: String(experiment),
    value,
  }).state;
  if (next.branch.length === 0) return onTrunk(next, trunk, direction);
  if (!joins || scout.value === null) {
    return { promotion: next, trunk, incumbent: head, provisional: [...provisional] };
  }
  return {
    promotion: next,
    trunk,
    incumbent: { experiment, commit, branchCommit: commit, value: scout.value, n: 1 },
    provisional: [...provisional, change],
  };
};
