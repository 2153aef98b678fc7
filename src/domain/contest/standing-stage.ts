import type { Block, ContestState } from '../../contract/contest.js';
import { standingFrom } from './final-stage.js';
import { fresh, withFate } from './open-contest.js';
import { isSpoilt } from './required.js';

/** The winner stands on what was measured up to now. */
export const crown = (state: ContestState): ContestState => {
  const { phase, judged } = state;
  if (phase.kind !== 'standing') return state;
  const { arm, from } = phase;
  const standing = standingFrom(state, arm, from) ?? standingFrom(state, arm, 0);
  return {
    ...withFate(fresh(state), arm, { end: 'won', block: judged }),
    standing,
    phase: { kind: 'over' },
  };
};

/** One fresh run of a race's winner: the runs that chose it flatter it, and its standing rests on none of them. */
export const standingStage = (state: ContestState, block: Block): ContestState => {
  const { phase, judged, options } = state;
  if (phase.kind !== 'standing') return state;
  const cell = block.cells[phase.arm];
  if (typeof cell === 'string' && !isSpoilt(block))
    return {
      ...withFate(fresh(state), phase.arm, { end: 'failed', status: cell, block: judged }),
      phase: { kind: 'over' },
    };
  const spoilt = phase.spoilt + (isSpoilt(block) ? 1 : 0);
  const next = { ...state, phase: { ...phase, spoilt } };
  return judged - phase.from - spoilt >= options.repeats || spoilt >= options.repeats ? crown(next) : next;
};
