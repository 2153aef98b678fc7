import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { WorkflowHandle } from '@temporalio/client';
import type { AblationInput, AblationProgress, AblationResult } from '../../../src/contract/ablation.js';
import { ABLATION, CONTROL_QUEUE, deviceQueue, QUERIES } from '../../../src/contract/names.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { workflowBundle, type Dropped } from '../../support/temporal.js';

export type Ablation = (input: AblationInput) => Promise<AblationResult>;

/** Arm H finds a loss of 2, all others 8; unchanged it is 10. */
export const world = (options: ConstructorParameters<typeof FakeEngine>[1] = {}): FakeEngine =>
  new FakeEngine((experiment, { loop, role }) => {
    if (role === 'baseline' || (experiment === 0 && role !== 'incumbent')) return 10;
    return (loop?.id ?? '').includes('/H/') ? 2 : 8;
  }, options);

interface Serving {
  /** without a cache every step of a workflow is a replay */
  maxCachedWorkflows?: number;
  /** the workflows with one text replaced */
  changed?: Dropped;
}

export const servedBy =
  (env: () => TestWorkflowEnvironment) =>
  /** Workers as long as somebody talks. */
  async <T>(
    engine: FakeEngine,
    talk: () => Promise<T>,
    { maxCachedWorkflows = 50, changed }: Serving = {},
  ): Promise<T> => {
    const common = { connection: env().nativeConnection, activities: { ...engine.activities } };
    const control = await Worker.create({
      ...common,
      taskQueue: CONTROL_QUEUE,
      workflowBundle: await workflowBundle(changed),
      maxCachedWorkflows,
      stickyQueueScheduleToStartTimeout: '1s',
    });
    const device = await Worker.create({
      ...common,
      taskQueue: deviceQueue('cpu'),
      maxHeartbeatThrottleInterval: '100ms',
    });
    return await control.runUntil(device.runUntil(talk));
  };

export const startIn = (env: () => TestWorkflowEnvironment) => (input: AblationInput) =>
  env().client.workflow.start<Ablation>(ABLATION, {
    workflowId: input.id,
    taskQueue: CONTROL_QUEUE,
    args: [input],
  });

export const progressOf = (handle: Pick<WorkflowHandle, 'query'>): Promise<AblationProgress> =>
  handle.query<AblationProgress>(QUERIES.ablationProgress);

/** Loops in the order in which they were first proposed for. */
export const loopsOf = (engine: FakeEngine): string[] => [
  ...new Set(engine.proposeCalls.map(({ loop }) => loop)),
];
