import type { LoopInput } from '../contract/loop.js';
import type { Task } from '../contract/task-schema.js';
import { UserError } from '../contract/user-error.js';
import { commaList } from './comma-list.js';
import { checkDeviceClass } from './device-class.js';
import { type Overrides, overrideTask } from './task/override-task.js';

/** What a fork takes from the loop that it leaves. */
export type Left = Pick<LoopInput, 'loop' | 'task' | 'research'>;

const onDevices = (task: Task, { loop, research }: Left, device: string | undefined): Task => {
  if (device === undefined) return task;
  if (research !== undefined)
    throw new UserError(
      'it is measured by loops below it, and runs on no device of its own',
      loop,
      'Change `run.device` in the task files that its study names, and start it with `autolift run`.',
    );
  const classes = commaList(device);
  for (const name of classes) checkDeviceClass(name, '--device');
  const [first, ...more] = classes;
  if (first === undefined)
    throw new UserError(
      `"${device}" names no device class`,
      '--device',
      '`autolift fleet` lists those that are served.',
    );
  return { ...task, run: { ...task.run, device: more.length === 0 ? first : classes } };
};

/**
 * The old loop's task as the command line changes it for a fork of one of its experiments. Another seed, as the same
 * would propose again what the old loop has tried.
 */
export const forkTask = (
  left: Left,
  experiment: number,
  { device, ...overrides }: Overrides & { device: string | undefined },
): Task => {
  const task = overrideTask(onDevices(left.task, left, device), overrides);
  return { ...task, seed: left.task.seed + experiment + 1 };
};

/** What a fork has from the old loop as it was: its level, the method in force, and what candidates are measured by. */
export const takenOver = ({
  level,
  method,
  research,
}: Pick<LoopInput, 'level' | 'method' | 'research'>): Pick<LoopInput, 'level' | 'method' | 'research'> => ({
  level,
  ...(method === undefined ? {} : { method }),
  ...(research === undefined ? {} : { research }),
});

/** What a fork on another class than the old loop ran on must know. */
export const classNotices = (old: string, own: string, { run }: Pick<Task, 'run'>): string[] => {
  const classes = [run.device].flat();
  if (classes.includes(own)) return [];
  return [
    `${old} ran on ${own}: the baseline is measured anew on ${classes.join(' or ')}, and nothing is compared with scores of ${own}`,
  ];
};
