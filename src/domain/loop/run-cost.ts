import type { Task } from '../../contract/task-schema.js';

/** Devices that one run holds at once. */
export const devicesOf = ({ run }: Pick<Task, 'run'>): number => run.devices ?? 1;

/** Device-seconds of a run that uses its budget: it holds all of its devices to its end. */
export const runCost = (task: Pick<Task, 'run'>): number => task.run.budget * devicesOf(task);
