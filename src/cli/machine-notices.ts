import type { Task } from '../contract/task-schema.js';
import { OTHER_VARIABLES, type Engine } from '../embedded/index.js';

const crowding = ({ concurrency, run }: Task, cores: number): string[] =>
  concurrency > cores && [run.device].flat().includes('cpu')
    ? [
        `concurrency ${String(concurrency)} on ${cores === 1 ? 'one core' : `${String(cores)} cores`}: runs slow each other down, and timing metrics suffer`,
      ]
    : [];

/** What a task should know of the workers that this machine runs for it. */
export const machineNotices = (
  task: Task,
  { cpuDevices, notices }: Pick<Engine, 'cpuDevices' | 'notices'>,
  cores: number,
): string[] => {
  const takesVariables = [task.proposer].flat().some(({ kind }) => kind !== 'mutate');
  return [
    ...notices.filter((text) => takesVariables || text !== OTHER_VARIABLES),
    ...(cpuDevices === 0 ? [] : crowding(task, cores)),
  ];
};
