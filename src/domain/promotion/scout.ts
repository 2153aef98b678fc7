import { finite } from '../evidence/not-finite.js';
import { mean } from '../statistics.js';
import { beginTest } from './test-branch.js';
import type { PromotionState } from '../../contract/promotion.js';
import { scoutingRun } from './wanted.js';

/** What an empty branch is compared with: the trunk on this epoch's seed, or its mean over fresh runs; never a maximum. */
const trunkValue = (state: PromotionState): number | null => {
  if (state.standing.length === 0) return null;
  return state.options.pairedScouts
    ? (scoutingRun(state)?.value ?? null)
    : mean(state.standing.map(({ value }) => value));
};

/** An empty branch on the trunk. */
export const beginScouting = (state: PromotionState): PromotionState => ({
  ...state,
  branch: [],
  best: trunkValue(state),
  scouted: 0,
  phase: { kind: 'scout' },
});

/** One evaluation of one change: whatever beats the cached best joins the branch, provisionally. */
export const scout = (state: PromotionState, change: string, value: number | null): PromotionState => {
  const better = value !== null && finite(value, 'a scouting run') > (state.best ?? Number.NEGATIVE_INFINITY);
  const next: PromotionState = {
    ...state,
    branch: better ? [...state.branch, change] : state.branch,
    best: better ? value : state.best,
    scouted: state.scouted + 1,
    nextSeed: state.options.pairedScouts ? state.nextSeed : state.nextSeed + 1,
  };
  if (next.scouted < next.options.every) return next;
  return next.branch.length === 0 ? beginScouting({ ...next, epoch: next.epoch + 1 }) : beginTest(next);
};
