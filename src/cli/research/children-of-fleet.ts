import type { LoopInput } from '../../contract/loop.js';
import { childrenAtATime } from '../../domain/research/children-at-a-time.js';
import type { Engine } from '../engine.js';
import { readFleet } from '../fleet/read-fleet.js';

/** The study with as many child loops at a time as the task says, or as keep the devices busy that are there now. */
export const withChildren = async (
  engine: Engine,
  { task, research }: Pick<LoopInput, 'task' | 'research'>,
  cpuDevices: number,
): Promise<Pick<LoopInput, 'research'>> => {
  if (research === undefined) return {};
  if (task.research?.parallel !== undefined) return { research };
  const name = [task.run.device].flat()[0] ?? 'cpu';
  const { queues } = await readFleet(engine);
  const found = queues.find((queue) => queue.class === name)?.devices ?? 0;
  // workers that were started just now have not been heard of yet
  const devices = name === 'cpu' ? Math.max(found, cpuDevices) : found;
  const concurrency = Math.min(...research.tasks.map((below) => below.task.concurrency));
  return { research: { ...research, parallel: childrenAtATime(devices, concurrency) } };
};
