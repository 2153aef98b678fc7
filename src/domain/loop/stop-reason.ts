import type { LoopState } from '../../contract/loop.js';
import type { Task } from '../../contract/task-schema.js';
import { counted, formatDuration, formatValue } from '../format.js';
import { meets } from '../score.js';
import { whatStands } from '../promotion/what-stands.js';
import { budgetLeft, NOTHING_RESERVED } from './budget.js';
import { runCost } from './run-cost.js';

/** Why no further run is begun: the clock or the devices' time is spent; or null. */
export const outOfTime = (state: LoopState, task: Task, now: number): string | null => {
  const { budget } = state;
  const left = budgetLeft(state, NOTHING_RESERVED, now);
  if (left.wallClock <= 0) return `budget spent: ${formatDuration(budget.wallClock ?? 0)} of wall clock`;
  return left.deviceSeconds < runCost(task)
    ? `budget spent: ${counted(Number((budget.deviceHours ?? 0).toPrecision(3)), 'device hour')}`
    : null;
};

/** Why no further experiment is begun, or null. What is in flight then still ends and is counted. */
export const stopReason = (state: LoopState, task: Task, now: number): string | null => {
  const { budget } = state;
  const incumbent = whatStands(state);
  const { target, plateau } = task.stop;
  const direction = task.measure.metric.direction;
  if (target !== undefined && incumbent !== null && meets({ value: incumbent.value, direction }, target)) {
    return `target reached: ${formatValue(incumbent.value)}`;
  }
  if (plateau !== undefined && state.sinceKeep >= plateau) {
    return `plateau: ${counted(state.sinceKeep, 'experiment')} without a keep`;
  }
  const left = budgetLeft(state, NOTHING_RESERVED, now);
  if (left.experiments <= 0) return `budget spent: ${counted(budget.experiments ?? 0, 'experiment')}`;
  const spent = outOfTime(state, task, now);
  if (spent !== null) return spent;
  if (left.dollars <= 0) return `budget spent: $${String(budget.dollars)}`;
  if (left.tokens <= 0) return `budget spent: ${counted(budget.tokens ?? 0, 'token')}`;
  return null;
};
