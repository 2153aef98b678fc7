import type { Task } from '../../contract/task-schema.js';

/** Candidates that a search needs at least, where the budget names no number of experiments. */
const FEWEST_CANDIDATES = 20;

export interface Affordable {
  /** pairs of runs for one candidate */
  pairs: number;
  /** candidates that this is shared out to; null: only time is limited, and it isn't either */
  candidates: number;
  /** runs that the budget's time pays for; null: as many as the candidates need */
  runs: number | null;
}

/** How many pairs each candidate may cost: the budget's time in runs, after the baseline, shared out to its experiments. */
export const pairsAffordable = (task: Task, meanSeconds: number, repeats: number): Affordable => {
  const { experiments, wallClock, deviceHours } = task.budget;
  const seconds = Math.max(meanSeconds, 1e-3);
  const runs = Math.min(
    wallClock === undefined ? Infinity : (wallClock * task.concurrency) / seconds,
    deviceHours === undefined ? Infinity : (deviceHours * 3600) / seconds,
  );
  const { nmax } = task.acceptance;
  if (runs === Infinity) return { pairs: nmax, candidates: experiments ?? FEWEST_CANDIDATES, runs: null };
  const candidates = experiments ?? FEWEST_CANDIDATES;
  const pairs = Math.floor((runs - repeats) / candidates / 2);
  return { pairs: Math.max(0, Math.min(nmax, pairs)), candidates, runs: Math.floor(runs) };
};
