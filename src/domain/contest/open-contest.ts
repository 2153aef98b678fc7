import type { ContestOptions, ContestState, Fate } from '../../contract/contest.js';
import { halvingPulls } from '../arms/halving.js';
import { startTest } from '../evidence/keep-step.js';

/** An arm is out, or has won. */
export const withFate = (state: ContestState, arm: number, fate: Fate): ContestState => ({
  ...state,
  fates: { ...state.fates, [arm]: fate },
});

/** Runs begun for a phase that has ended say nothing in the next: its seeds are fresh. */
export const fresh = (state: ContestState): ContestState => ({
  ...state,
  blocks: state.blocks.slice(0, state.judged),
});

/** The last arm meets the incumbent on seeds that chose nothing. */
export const beginFinal = (state: ContestState, arm: number): ContestState => ({
  ...fresh(state),
  testedFrom: state.judged,
  phase: { kind: 'final', arm, test: startTest(state.options.test), spoilt: 0, from: state.judged },
});

/** A round of selection, or the final where there is nobody left to choose from. */
export const beginRound = (state: ContestState, alive: number[], round: number): ContestState => {
  const [first] = alive;
  if (first === undefined) return { ...fresh(state), phase: { kind: 'over' } };
  if (alive.length === 1) return beginFinal(state, first);
  const { rule, arms: k, pulls: budget } = state.options;
  const left = rule === 'hyperband' ? 1 : Math.max(1, halvingPulls(k, alive.length, budget));
  return { ...fresh(state), phase: { kind: 'select', alive, round, from: state.judged, left } };
};

/** A contest of so many arms before its first run. */
export const openContest = (options: ContestOptions, firstSeed: number): ContestState => {
  const alive = Array.from({ length: options.arms }, (_, at) => at + 1);
  const state: ContestState = {
    options,
    blocks: [],
    judged: 0,
    testedFrom: options.rule === 'race' ? 0 : null,
    firstSeed,
    nextSeed: firstSeed,
    phase: { kind: 'over' },
    fates: {},
    standing: null,
  };
  if (options.rule !== 'race') return beginRound(state, alive, 0);
  const tests = Object.fromEntries(alive.map((arm) => [arm, startTest(options.test)]));
  return alive.length === 0
    ? state
    : { ...state, phase: { kind: 'race', alive, tests, passed: [], spoilt: 0 } };
};
