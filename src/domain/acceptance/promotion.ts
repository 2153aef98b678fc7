import type { PromotionEvent, PromotionOptions, PromotionState, Wanted } from '../../contract/promotion.js';
import { beginPruning, prune } from '../promotion/prune.js';
import { beginScouting, scout } from '../promotion/scout.js';
import { beginStanding, stand } from '../promotion/stand.js';
import { testBranch } from '../promotion/test-branch.js';
import { wantedOf } from '../promotion/wanted.js';

interface Turn {
  state: PromotionState;
  wanted: Wanted;
}

const turn = (state: PromotionState): Turn => ({ state, wanted: wantedOf(state) });

/** Branch + promote on an unchanged artifact, whose standing is measured first. */
export const openPromotion = (options: PromotionOptions, commit: string, firstSeed = 0): Turn =>
  turn(
    beginStanding({
      options,
      trunk: { base: commit, changes: [] },
      standing: [],
      branch: [],
      best: null,
      scouted: 0,
      epoch: 0,
      nextSeed: firstSeed,
      levels: { tests: 0, keeps: 0 },
      differences: { squares: 0, df: 0 },
      phase: { kind: 'scout' },
    }),
  );

const advance = (state: PromotionState, event: PromotionEvent): PromotionState => {
  const { kind } = state.phase;
  if (kind === 'standing' && event.kind === 'ran') return stand(state, event.value);
  if (kind === 'scout' && event.kind === 'scouted') return scout(state, event.change, event.value);
  if (kind === 'prune' && event.kind === 'paired') return prune(state, event);
  if (kind === 'seal' && event.kind === 'sealed') {
    return beginStanding({ ...state, trunk: { base: event.commit, changes: [] }, branch: [] });
  }
  if (kind === 'test' && event.kind === 'paired') {
    const tested = testBranch(state, event);
    if (tested.decision === 'more') return tested.state;
    return tested.decision === 'keep'
      ? beginPruning(tested.state)
      : beginScouting({ ...tested.state, epoch: tested.state.epoch + 1 });
  }
  throw new RangeError(`"${event.kind}" is no answer to a state that waits in "${kind}"`);
};

/**
 * Branch + promote: greedy keeps against a cached best on a provisional branch; every `every` evaluations a sequential
 * test of the branch against the trunk on fresh shared seeds. Lost: the branch is reset to the trunk. Won: changes that
 * don't matter are dropped one by one, the rest is sealed into the new trunk, and its standing rests on fresh runs only.
 */
export const stepPromotion = (state: PromotionState, event: PromotionEvent): Turn =>
  turn(advance(state, event));
