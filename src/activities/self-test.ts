import { setImmediate } from 'node:timers/promises';
import type { ControlActivities } from '../contract/activities.js';
import { selfTestSteps } from '../domain/noise/self-test.js';

/** So long the worker's other work may wait. */
const SLICE_MS = 20;

/** The A/A self-test takes seconds under some rules: too long for a step of a workflow, whose worker the SDK would end. */
export const createSelfTest = (): ControlActivities['selfTest'] => async (world) => {
  const steps = selfTestSteps(world);
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - since < SLICE_MS) continue;
    await setImmediate();
    since = performance.now();
  }
};
