import type { Task } from '../contract/task-schema.js';
import { OTHER_VARIABLES, type Engine } from '../embedded/index.js';
import { asksModels } from './asks-models.js';

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
): string[] => [
  ...notices.filter((text) => asksModels(task) || text !== OTHER_VARIABLES),
  ...(cpuDevices === 0 ? [] : crowding(task, cores)),
];

/** Running workers were given other keys or addresses: what that means for every loop, and the way back. */
export const takenNotices = ({ taken }: Pick<Engine, 'taken'>): string[] =>
  taken.length === 0
    ? []
    : [
        `the workers, and with them every running loop, now use this terminal's ${taken.join(', ')}; ` +
          'to take that back, run `autolift up` with the earlier values (where one was not set, `autolift down` first)',
      ];
