import type { Cell, ContestOptions, ContestState } from '../../../../src/contract/contest.js';
import { openContest } from '../../../../src/domain/contest/open-contest.js';
import { expectRuns, stepContest } from '../../../../src/domain/contest/step-contest.js';
import { wantedRuns } from '../../../../src/domain/contest/wanted-runs.js';

export const OPTIONS: ContestOptions = {
  rule: 'race',
  arms: 4,
  drop: { test: 'friedman', alpha: 0.05 },
  test: {
    process: 'z',
    options: { sd: 1, delta: 1, tau: 1, bound: 6 },
    alpha: 0.05 / 4,
    beta: 0.2,
    nmax: 40,
  },
  least: 0,
  pulls: 32,
  rungs: [],
  repeats: 3,
};

/** The value of an arm's run on a seed; 0 is the incumbent. */
export type World = (arm: number, seed: number, fidelity: number) => Cell;

/** Answers every wish until the contest is over, so many runs at a time. */
export const play = (options: ContestOptions, world: World, atATime = 1): ContestState => {
  let state = openContest(options, 100);
  for (;;) {
    const runs = wantedRuns(state, atATime);
    if (runs.length === 0) return state;
    state = expectRuns(state, runs);
    for (const run of runs) state = stepContest(state, run, world(run.arm, run.seed, run.fidelity));
  }
};
