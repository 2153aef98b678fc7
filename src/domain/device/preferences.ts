import type { LoopInput, LoopState } from '../../contract/loop.js';
import type { Task } from '../../contract/task-schema.js';

/** The device classes that a task may run on, the preferred one first. */
export const preferences = ({ run }: Pick<Task, 'run'>): string[] => [...new Set([run.device].flat())];

/** What a choice is remembered by: loops below one may prefer other classes. */
export const preferenceKey = (classes: readonly string[]): string => classes.join(',');

/** Every list of preferences that a loop has to choose from, its own or those of the loops below it. */
export const preferenceLists = ({ task, research }: Pick<LoopInput, 'task' | 'research'>): string[][] => {
  const tasks = research === undefined ? [task] : research.tasks.map((below) => below.task);
  const lists = tasks.map(preferences);
  const keys = lists.map(preferenceKey);
  return lists.filter((_, index) => keys.indexOf(keys[index] ?? '') === index);
};

/** The class whose scores a task's are compared with: the chosen one, else the first. */
export const classOf = (task: Pick<Task, 'run'>, state?: Pick<LoopState, 'devices'>): string => {
  const classes = preferences(task);
  return state?.devices?.[preferenceKey(classes)]?.class ?? classes[0] ?? 'cpu';
};

/** The same task on one class alone, for whatever must be comparable with it. */
export const onClass = (task: Task, device: string): Task =>
  Array.isArray(task.run.device) ? { ...task, run: { ...task.run, device } } : task;
