import type { RunRequest } from '../../contract/run-schema.js';
import type { Task } from '../../contract/task-schema.js';
import { random } from '../random.js';
import type { Curve } from './hopeless.js';

type Watch = NonNullable<RunRequest['watch']>;

/** Some runs that could be stopped never are: without them nobody would see how often the rule is wrong. */
const earlyStop = (task: Task, experiment: number, incumbent: Curve): Pick<Watch, 'earlyStop'> => {
  const { earlyStop: rule } = task.run;
  if (rule === undefined) return {};
  const { after, margin, cells } = rule;
  const spare = random('spared', task.seed, experiment).next() < rule.spare;
  return { earlyStop: { after, margin, cells, incumbent: [...incumbent], spare } };
};

const divergence = ({ run }: Task): Pick<Watch, 'divergence'> => {
  if (run.divergence === undefined) return {};
  const { above = null, times = null, reports } = run.divergence;
  return { divergence: { above, times, reports } };
};

const checkpoint = ({ run }: Task): Pick<Watch, 'checkpoint'> => {
  if (run.checkpoint === undefined) return {};
  const { path, every, maxSize } = run.checkpoint;
  return { checkpoint: { path, everySeconds: every, maxBytes: Math.round(maxSize) } };
};

/**
 * What the device worker does about a run's PROGRESS lines; nothing is said to it where the task declares nothing.
 * A run that is held against no curve is never stopped early, and tells its own.
 */
export const watchOf = (
  task: Task,
  { experiment, against = [] }: { experiment: number; against?: Curve },
): Pick<RunRequest, 'watch'> => {
  const watch = { ...divergence(task), ...checkpoint(task), ...earlyStop(task, experiment, against) };
  return Object.keys(watch).length === 0 ? {} : { watch };
};
