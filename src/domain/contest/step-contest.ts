import type { Block, Cell, ContestRun, ContestState } from '../../contract/contest.js';
import { finite } from '../evidence/not-finite.js';
import { finalStage } from './final-stage.js';
import { endRace, raceStage } from './race-stage.js';
import { isComplete } from './required.js';
import { selectStage } from './select-stage.js';
import { crown, standingStage } from './standing-stage.js';

/** Seeds that runs are begun on are taken, so that what comes too late for its phase is not taken for the next one's. */
export const expectRuns = (state: ContestState, runs: readonly ContestRun[]): ContestState => {
  const blocks: Block[] = [...state.blocks];
  let { nextSeed } = state;
  for (const { seed, fidelity } of runs)
    while (nextSeed <= seed) blocks.push({ seed: nextSeed++, fidelity, cells: {} });
  return { ...state, blocks, nextSeed };
};

const withCell = (state: ContestState, run: ContestRun, cell: Cell): ContestState => {
  const expected = expectRuns(state, [run]);
  const at = expected.blocks.findIndex(({ seed }) => seed === run.seed);
  const found = expected.blocks[at];
  // an answer to what nobody waits for any more: its phase has ended meanwhile
  if (found === undefined || at < state.judged) return expected;
  const blocks = [...expected.blocks];
  blocks[at] = { ...found, cells: { ...found.cells, [run.arm]: cell } };
  return { ...expected, blocks };
};

const judgeBlock = (state: ContestState, block: Block): ContestState => {
  const next = { ...state, judged: state.judged + 1 };
  switch (state.phase.kind) {
    case 'race':
      return raceStage(next, block);
    case 'select':
      return selectStage(next, block);
    case 'final':
      return finalStage(next, block);
    case 'standing':
      return standingStage(next, block);
    case 'over':
      return state;
  }
};

/**
 * A contest after one more run. Blocks are judged in the order of their seeds, each as soon as it is complete, whatever
 * the order in which its runs ended.
 */
export const stepContest = (state: ContestState, run: ContestRun, cell: Cell): ContestState => {
  let next = withCell(state, run, typeof cell === 'number' ? finite(cell, 'a run of a contest') : cell);
  for (;;) {
    const block = next.blocks[next.judged];
    if (next.phase.kind === 'over' || block === undefined || !isComplete(next, block)) return next;
    next = judgeBlock(next, block);
  }
};

/** Where time is up: a race has been decided for whoever has passed its test, a winner stands on what there is. */
export const concludeContest = (state: ContestState): ContestState => {
  const { phase } = state;
  const raced =
    phase.kind === 'race' && phase.alive.some((arm) => phase.passed.includes(arm)) ? endRace(state) : state;
  if (raced.phase.kind === 'standing') return crown(raced);
  return { ...raced, blocks: raced.blocks.slice(0, raced.judged), phase: { kind: 'over' } };
};
