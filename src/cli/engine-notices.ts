import type { Connection } from '@temporalio/client';
import { deviceQueue } from '../contract/names.js';
import type { Task } from '../contract/task-schema.js';
import type { Engine } from './engine.js';

const ACTIVITY_QUEUE = 2;

/** Device classes of a task that no worker polls for. */
export const unservedClasses = async ({ client, settings }: Engine, task: Task): Promise<string[]> => {
  const service = (client.connection as Connection).workflowService;
  const unserved: string[] = [];
  for (const device of [task.run.device].flat()) {
    const { pollers } = await service.describeTaskQueue({
      namespace: settings.temporal.namespace,
      taskQueue: { name: deviceQueue(device) },
      // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum is in a package of Temporal's own
      taskQueueType: ACTIVITY_QUEUE,
    });
    if (pollers.length === 0) unserved.push(device);
  }
  return unserved;
};
