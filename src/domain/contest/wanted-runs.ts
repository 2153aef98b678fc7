import type { ContestRun, ContestState } from '../../contract/contest.js';
import { required } from './required.js';

/** Seeds that this phase may still use. */
const blocksLeft = ({ phase, judged, options }: ContestState): number => {
  switch (phase.kind) {
    case 'race':
      return options.test.nmax + phase.spoilt - judged;
    case 'select':
      return phase.left;
    case 'final':
      return options.test.nmax + phase.spoilt - (judged - phase.from);
    case 'standing':
      return options.repeats + phase.spoilt - (judged - phase.from);
    case 'over':
      return 0;
  }
};

/** Share of the budget that runs of this phase get. */
const fidelityOf = ({ phase, options }: ContestState): number =>
  phase.kind === 'select' ? (options.rungs[phase.round]?.fidelity ?? 1) : 1;

const inTurns = (arms: readonly number[], seed: number): number[] => {
  const first = arms.length === 0 ? 0 : seed % arms.length;
  return [...arms.slice(first), ...arms.slice(0, first)];
};

/**
 * What the state waits for, block by block, so that a resumed workflow asks for the same again: as many runs as may be
 * made at a time. Whoever comes first in a block changes from seed to seed.
 */
export const wantedRuns = (state: ContestState, atATime: number): ContestRun[] => {
  const { blocks, judged, nextSeed } = state;
  const fidelity = fidelityOf(state);
  const begun = blocks.slice(judged);
  const runs: ContestRun[] = [];
  for (let ahead = 0; ahead < blocksLeft(state) && runs.length < atATime; ahead++) {
    const block = begun[ahead] ?? { seed: nextSeed + ahead - begun.length, fidelity, cells: {} };
    const missing = inTurns(required(state, block), block.seed).filter(
      (arm) => block.cells[arm] === undefined,
    );
    runs.push(...missing.map((arm) => ({ arm, seed: block.seed, fidelity: block.fidelity })));
  }
  return runs.slice(0, Math.max(1, atATime));
};

/** Runs without which the present block says nothing. */
export const runsOfBlock = (state: ContestState): ContestRun[] => {
  const [first, ...rest] = wantedRuns(state, Number.MAX_SAFE_INTEGER);
  return first === undefined ? [] : [first, ...rest.filter(({ seed }) => seed === first.seed)];
};
