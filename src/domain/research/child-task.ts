import type { Task } from '../../contract/task-schema.js';
import { childBudget } from './child-budget.js';

/**
 * A task as loops have it that are compared with each other: the same experiments, and nothing proposed ahead of the
 * verdicts. A mechanism is asked with all of them, so a loop without one would be compared while its candidates start from
 * incumbents that were overtaken meanwhile. What the task itself says of `ahead` holds for all.
 */
export const childTask = (task: Task, experiments: number, rescore: number): Task => ({
  ...task,
  ahead: task.ahead ?? 0,
  budget: childBudget(task, experiments, rescore),
});
