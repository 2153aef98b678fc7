import type { WorkflowExecutionDescription } from '@temporalio/client';
import { hasEnded } from './has-ended.js';
import { missingDevice, noControl, type MissingWorker } from './missing-worker.js';
import { controlServed, type Asked } from './queue-served.js';

const EVERY_MS = 2000;

const look = async (asked: Asked, described: WorkflowExecutionDescription): Promise<MissingWorker | null> => {
  if (hasEnded(described)) return null;
  return (await controlServed(asked)) ? missingDevice(asked, described) : noControl(asked.settings);
};

/** Looks every few seconds for the workers of a loop; one that is missing twice in a row is told, and its return. */
export const workerWatch = (
  asked: Asked,
  notice: (text: string) => void,
): ((described: WorkflowExecutionDescription) => Promise<MissingWorker | null>) => {
  let lookedAt = 0;
  let missing: MissingWorker | null = null;
  let told: MissingWorker['kind'] | null = null;
  return async (described) => {
    if (Date.now() - lookedAt < EVERY_MS) return missing;
    const before = missing;
    missing = await look(asked, described);
    lookedAt = Date.now();
    if (missing === null && told !== null) notice(`a ${told} worker runs again`);
    if (missing !== null && missing.kind === before?.kind && missing.kind !== told)
      notice(`${missing.text}. ${missing.fix}`);
    told = missing === null ? null : missing.kind === before?.kind ? missing.kind : told;
    return missing;
  };
};
