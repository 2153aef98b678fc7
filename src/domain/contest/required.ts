import type { Block, ContestState } from '../../contract/contest.js';

const INCUMBENT = 0;

/** Arms that have a run on each seed of this phase. */
const ofPhase = ({ phase }: ContestState): number[] => {
  switch (phase.kind) {
    case 'race': {
      const settled = phase.alive.every((arm) => phase.passed.includes(arm));
      return settled ? phase.alive : [INCUMBENT, ...phase.alive];
    }
    case 'select':
      return phase.alive;
    case 'final':
      return [INCUMBENT, phase.arm];
    case 'standing':
      return [phase.arm];
    case 'over':
      return [];
  }
};

/** The same for one seed: where an arm failed, the incumbent's run says whether the seed is to blame. */
export const required = (state: ContestState, block: Pick<Block, 'cells'>): number[] => {
  const arms = ofPhase(state);
  const failed = arms.some((arm) => typeof block.cells[arm] === 'string');
  return failed && !arms.includes(INCUMBENT) ? [INCUMBENT, ...arms] : arms;
};

export const isComplete = (state: ContestState, block: Block): boolean =>
  required(state, block).every((arm) => block.cells[arm] !== undefined);

/** Whether the seed says nothing of anybody: the incumbent failed on it too. */
export const isSpoilt = ({ cells }: Block): boolean => typeof cells[INCUMBENT] === 'string';
