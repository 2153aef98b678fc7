import type { LoopInput } from '../../contract/loop.js';
import { childrenAtATime, type Served } from './children-at-a-time.js';

type Study = Pick<LoopInput, 'task' | 'research'>;

/** Whether the task leaves to the engine how many child loops a measurement has at a time. */
export const asksFleet = ({ task, research }: Study): boolean =>
  research !== undefined && task.research?.parallel === undefined;

/** The study with as many child loops at a time as the task says, or as keep busy what is served. */
export const studyOnFleet = (study: Study, served: Served): Pick<LoopInput, 'research'> => {
  const { research } = study;
  if (research === undefined) return {};
  if (!asksFleet(study)) return { research };
  const tasks = research.tasks.map((below) => below.task);
  return { research: { ...research, parallel: childrenAtATime(tasks, served) } };
};
