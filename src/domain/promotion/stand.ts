import { finite } from '../evidence/not-finite.js';
import { beginScouting } from './scout.js';
import type { PromotionState } from '../../contract/promotion.js';

/** The trunk's standing is measured anew: nothing that chose it is counted. */
export const beginStanding = (state: PromotionState): PromotionState => ({
  ...state,
  standing: [],
  phase: { kind: 'standing', attempts: 0 },
});

/** One fresh run of the trunk. A trunk that fails more often than it runs can't be improved upon by measuring. */
export const stand = (state: PromotionState, value: number | null): PromotionState => {
  const { repeats } = state.options;
  if (state.phase.kind !== 'standing') throw new RangeError('a run was reported that nobody wanted');
  const attempts = state.phase.attempts + 1;
  const standing =
    value === null
      ? state.standing
      : [...state.standing, { seed: state.nextSeed, value: finite(value, 'a run of the trunk') }];
  const next = { ...state, standing, nextSeed: state.nextSeed + 1 };
  if (standing.length >= repeats) return beginScouting({ ...next, epoch: 0 });
  return attempts >= 2 * repeats
    ? { ...next, phase: { kind: 'halted', reason: 'the trunk fails on half of its seeds or more' } }
    : { ...next, phase: { kind: 'standing', attempts } };
};
