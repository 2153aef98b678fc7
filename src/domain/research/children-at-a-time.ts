import type { Task } from '../../contract/task-schema.js';
import { preferences } from '../device/preferences.js';
import { devicesOf } from '../loop/run-cost.js';

/** Most child loops of one measurement at a time, as in the schema. */
export const MOST_CHILDREN = 64;

/** Devices of each class that are served, host by host. */
export type Served = ReadonlyMap<string, readonly number[]>;

type Below = Pick<Task, 'run' | 'concurrency'>;

/** The class that a child's runs will have: the first that is served. */
const classFor = (task: Below, served: Served): string => {
  const classes = preferences(task);
  return classes.find((name) => (served.get(name)?.length ?? 0) > 0) ?? classes[0] ?? 'cpu';
};

/** Loops over one task that keep the hosts of its class busy. A run holds all of its devices on one host. */
const busyWith = (task: Below, hosts: readonly number[]): number => {
  const runs = hosts.reduce((sum, devices) => sum + Math.floor(devices / devicesOf(task)), 0);
  return Math.ceil(Math.max(1, runs) / task.concurrency);
};

/**
 * Child loops at a time where the task names no number: for each class that the study's tasks run on as many as keep its
 * devices busy, and one more. A child without `ahead` has no run under way while it takes a verdict and asks for a proposal;
 * another one's run has the device meanwhile.
 */
export const childrenAtATime = (tasks: readonly Below[], served: Served): number => {
  const byClass = new Map<string, number>();
  for (const task of tasks) {
    const name = classFor(task, served);
    const loops = busyWith(task, served.get(name) ?? []) + 1;
    byClass.set(name, Math.max(loops, byClass.get(name) ?? 0));
  }
  return Math.min(
    MOST_CHILDREN,
    [...byClass.values()].reduce((sum, loops) => sum + loops, 0),
  );
};
