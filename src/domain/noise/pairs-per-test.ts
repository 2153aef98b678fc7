import type { Task } from '../../contract/task-schema.js';
import { pairsAffordable, type Affordable } from './pairs-affordable.js';

/**
 * How many pairs each promotion test may cost under branch + promote: what one run of each candidate leaves of the
 * budget's time, shared out to the tests. Its `candidates` are the tests.
 */
export const pairsPerTest = (task: Task, meanSeconds: number, repeats: number): Affordable => {
  const { candidates, runs } = pairsAffordable(task, meanSeconds, repeats);
  const { every, nmax } = task.acceptance;
  const tests = Math.max(1, Math.ceil(candidates / (every + 1)));
  if (runs === null) return { pairs: nmax, candidates: tests, runs };
  const left = runs - repeats - (candidates - tests);
  return { pairs: Math.max(0, Math.min(nmax, Math.floor(left / tests / 2))), candidates: tests, runs };
};
