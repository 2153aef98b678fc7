import type { Block, ContestState } from '../../contract/contest.js';
import { keepStep } from '../evidence/keep-step.js';
import { pairDifference } from '../promotion/pair-difference.js';
import { mean } from '../statistics.js';
import { fresh, withFate } from './open-contest.js';

const over = (state: ContestState): ContestState => ({ ...fresh(state), phase: { kind: 'over' } });

const valueOf = (cell: Block['cells'][number] | undefined): number | null =>
  typeof cell === 'number' ? cell : null;

/** What an arm measured from some block on, for a standing that nothing chose. */
export const standingFrom = (state: ContestState, arm: number, from: number) => {
  const values = state.blocks
    .slice(from, state.judged)
    .flatMap(({ cells }) => (typeof cells[arm] === 'number' ? [cells[arm]] : []));
  return values.length === 0 ? null : { value: mean(values), n: values.length };
};

/** One fresh pair of the last arm and the incumbent. */
export const finalStage = (state: ContestState, block: Block): ContestState => {
  const { phase, options, judged } = state;
  if (phase.kind !== 'final') return state;
  const { arm, test } = phase;
  const cell = block.cells[arm];
  const paired = { left: valueOf(cell), right: valueOf(block.cells[0]) };
  const d = pairDifference({ evidence: options.test.process, noise: options.test.options }, paired);
  if (d === 'out' && typeof cell === 'string')
    return over(withFate(state, arm, { end: 'failed', status: cell, block: judged }));
  if (typeof d === 'string') {
    const spoilt = phase.spoilt + 1;
    return spoilt >= options.test.nmax
      ? over(withFate(state, arm, { end: 'undecided', block: judged }))
      : { ...state, phase: { ...phase, spoilt } };
  }
  const step = keepStep(options.test, test, d);
  const tested: ContestState = { ...state, phase: { ...phase, test: step.state } };
  if (step.decision === 'more') return tested;
  const { sum, n } = step.state.sums;
  if (step.decision === 'keep' && sum / n >= options.least) {
    const standing = standingFrom(state, arm, phase.from);
    return over({ ...withFate(tested, arm, { end: 'won', block: judged }), standing });
  }
  const usedUp = n >= options.test.nmax && sum > 0;
  const end = step.decision === 'keep' ? 'small' : usedUp ? 'undecided' : 'lost';
  return over(withFate(tested, arm, { end, block: judged }));
};
