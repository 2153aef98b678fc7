import { RENT_PERIOD } from '../lift/rent.js';
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

/** What rent is owed for, and against what; null: nothing is due. */
export const rentDue = (
  state: Pick<LoopState, 'rent' | 'baseline' | 'outcomes'>,
  input: Pick<LoopInput, 'task' | 'level' | 'source'>,
): Incumbent | null => {
  const period = rentPeriod(input);
  const last = lastPaid(state, input.source.baseCommit);
  if (period === 0 || last === null) return null;
  return (state.outcomes.keep ?? 0) - last.keeps >= period ? last.paid : null;
};
