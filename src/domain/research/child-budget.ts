import type { Budget, Task } from '../../contract/task-schema.js';
import { devicesOf, runCost } from '../loop/run-cost.js';

/** Runs beside the experiments that a child loop may need: its baseline's repeats. */
const BASELINE_RUNS = 5;

/** Seconds beside a run's budget. */
const START_AND_SCORE = 10;

/** A run holds its device while it starts and is scored, too: as generous as the default of `run.timeout`. */
const heldFor = (task: Pick<Task, 'run'>): number => 2 * runCost(task) + START_AND_SCORE * devicesOf(task);

/**
 * Device-seconds that one child loop may use at most; its budget, and what the loop above reserves for it. So much that no
 * child is ended by it which runs as it should: experiments are what arms are matched by, and a run that is scored on
 * a busy machine takes more of the device's time than one on an idle machine.
 */
export const childCap = (task: Pick<Task, 'run'>, experiments: number, rescore: number): number =>
  (experiments + BASELINE_RUNS + 2 * rescore) * heldFor(task);

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
