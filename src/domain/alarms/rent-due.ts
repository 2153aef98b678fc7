import { RENT_PERIOD } from '../lift/rent.js';
import { standsStill } from './still.js';
import type { Incumbent, LoopState } from '../../contract/loop.js';
import type { LoopInput } from '../../contract/loop.js';

/** Keeps after which rent is asked for; 0: never. Whoever changes the method pays by default. */
export const rentPeriod = ({ task, level }: Pick<LoopInput, 'task' | 'level'>): number =>
  task.holdout === undefined ? 0 : (task.holdout.rent ?? (level > 0 ? RENT_PERIOD : 0));

/** The last incumbent that was paid for, at first the unchanged artifact. */
export const lastPaid = (
  { rent, baseline }: Pick<LoopState, 'rent' | 'baseline'>,
  baseCommit: string,
): { paid: Incumbent; keeps: number } | null => {
  if (rent !== undefined) return rent;
  if (baseline === null) return null;
  const paid = { experiment: 0, commit: baseCommit, branchCommit: baseCommit, ...baseline };
  return { paid, keeps: 0 };
};

/** Rent that is owed: against what it is asked, and whether because the search stands still. */
export interface Due {
  paid: Incumbent;
  still: boolean;
}

/** What rent is owed for; null: nothing is due. Keeps that nothing follows are asked about before their number is full. */
export const rentDue = (
  state: Pick<LoopState, 'rent' | 'baseline' | 'outcomes' | 'still'>,
  input: Pick<LoopInput, 'task' | 'level' | 'source'>,
): Due | null => {
  const period = rentPeriod(input);
  const last = lastPaid(state, input.source.baseCommit);
  if (period === 0 || last === null) return null;
  const { paid } = last;
  const unpaid = (state.outcomes.keep ?? 0) - last.keeps;
  if (unpaid >= period) return { paid, still: false };
  return unpaid > 0 && standsStill(state.still) ? { paid, still: true } : null;
};
