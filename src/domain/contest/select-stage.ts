import type { Block, ContestState } from '../../contract/contest.js';
import { bestFirst } from '../arms/best-first.js';
import { nextRung } from '../arms/hyperband.js';
import { mean } from '../statistics.js';
import { beginRound, withFate } from './open-contest.js';
import { isSpoilt } from './required.js';

/** Who goes on: the better half, or as many as the next rung holds; in the end one. */
const chosen = (
  { options }: ContestState,
  { alive, round }: { alive: number[]; round: number },
  meanOf: (arm: number) => number,
): number[] => {
  if (options.rule === 'halving') return bestFirst(alive, meanOf).slice(0, Math.ceil(alive.length / 2));
  const next = options.rungs[round + 1] ?? { arms: 1, fidelity: 1 };
  const [first] = options.rungs;
  // fewer came than the bracket is made for: each rung holds the same share of them
  const share = options.arms / Math.max(options.arms, first?.arms ?? 1);
  return nextRung({ ...next, arms: Math.max(1, Math.floor(next.arms * share)) }, alive, meanOf);
};

const endRound = (state: ContestState): ContestState => {
  const { phase } = state;
  if (phase.kind !== 'select') return state;
  const blocks = state.blocks.slice(phase.from, state.judged).filter((block) => !isSpoilt(block));
  const meanOf = (arm: number): number =>
    mean(blocks.flatMap(({ cells }) => (typeof cells[arm] === 'number' ? [cells[arm]] : [])));
  const on = chosen(state, phase, meanOf).toSorted((a, b) => a - b);
  const out = phase.alive.filter((arm) => !on.includes(arm));
  const judged = out.reduce(
    (sofar, arm) => withFate(sofar, arm, { end: 'beaten', block: state.judged }),
    state,
  );
  return beginRound(judged, on, phase.round + 1);
};

/** One seed of a round: whoever failed where the incumbent runs is out; the round's last seed halves the rest. */
export const selectStage = (state: ContestState, block: Block): ContestState => {
  const { phase, judged } = state;
  if (phase.kind !== 'select') return state;
  let next = state;
  const alive = phase.alive.filter((arm) => {
    const cell = block.cells[arm];
    if (typeof cell !== 'string' || isSpoilt(block)) return true;
    next = withFate(next, arm, { end: 'failed', status: cell, block: judged });
    return false;
  });
  const left = phase.left - 1;
  next = { ...next, phase: { ...phase, alive, left } };
  if (alive.length < 2) return beginRound(next, alive, phase.round + 1);
  return left > 0 ? next : endRound(next);
};
