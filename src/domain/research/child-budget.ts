import type { Budget, Task } from '../../contract/task-schema.js';
import { runCost } from '../loop/run-cost.js';

/** Runs beside the experiments that a child loop may need: its baseline's repeats. */
const BASELINE_RUNS = 5;

/** Device-seconds that one child loop may use at most; its budget, and what the loop above reserves for it. */
export const childCap = (task: Pick<Task, 'run'>, experiments: number, rescore: number): number =>
  (experiments + BASELINE_RUNS + 2 * rescore) * runCost(task);

/**
 * Budget of a loop that is compared with others: experiments and what they cost. Not the wall clock, which
 * gives more to whoever runs while the machine is idle.
 */
export const childBudget = (
  task: Pick<Task, 'run' | 'budget'>,
  experiments: number,
  rescore: number,
): Budget => {
  const { wallClock: _wallClock, ...rest } = task.budget;
  return { ...rest, experiments, deviceHours: childCap(task, experiments, rescore) / 3600 };
};
