import type { Task } from '../contract/task-schema.js';
import { devicesOf } from '../domain/loop/run-cost.js';

/** CPU devices of this machine that the task's runs may hold at a time; none for a task of other classes alone. */
export const cpuDevicesFor = (task: Pick<Task, 'run' | 'concurrency'>): number =>
  [task.run.device].flat().includes('cpu') ? task.concurrency * devicesOf(task) : 0;
