import type { Task } from '../contract/task-schema.js';
import type { Engine } from './engine.js';
import { missingControl } from './liveness/missing-worker.js';
import { deviceServed } from './liveness/queue-served.js';

const howToServe = (classes: readonly string[]): string =>
  classes.includes('cpu')
    ? ''
    : `. \`autolift worker device --class ${classes[0] ?? ''}\` starts one on a host that has it`;

/** What a loop that is started now would wait for. */
export const engineNotices = async (engine: Engine, task: Task): Promise<string[]> => {
  const classes = [task.run.device].flat();
  const [control, ...served] = await Promise.all([
    missingControl(engine),
    ...classes.map(async (device) => deviceServed(engine, device)),
  ]);
  return [
    ...(control === null ? [] : [`${control.text}. ${control.fix}`]),
    ...(served.some(Boolean)
      ? []
      : [`no worker serves ${classes.join(' or ')} yet; the loop waits for one${howToServe(classes)}`]),
  ];
};
