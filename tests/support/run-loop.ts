import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { LoopInput, LoopResult } from '../../src/contract/loop.js';
import { CONTROL_QUEUE, deviceQueue, RESEARCH_LOOP } from '../../src/contract/names.js';
import type { FakeEngine } from './fake-engine.js';
import { type Dropped, workflowBundle } from './temporal.js';

type Loop = (input: LoopInput) => Promise<LoopResult>;

type Handle = WorkflowHandleWithFirstExecutionRunId<Loop>;
type Talk<T> = (handle: Handle) => Promise<T>;

/** Starts a loop on a fake engine, and lets a test talk to it while it runs. */
export const withLoop = async <T>(
  env: TestWorkflowEnvironment,
  engine: FakeEngine,
  input: LoopInput,
  talk: Talk<T>,
): Promise<T> => await withLoopBut(undefined, { env, engine, input }, talk);

/** The same, with workflows that lack one of their guards. */
export const withLoopBut = async <T>(
  dropped: Dropped | undefined,
  { env, engine, input }: { env: TestWorkflowEnvironment; engine: FakeEngine; input: LoopInput },
  talk: Talk<T>,
): Promise<T> => {
  const common = { connection: env.nativeConnection, activities: { ...engine.activities } };
  const control = await Worker.create({
    ...common,
    taskQueue: CONTROL_QUEUE,
    workflowBundle: await workflowBundle(dropped),
  });
  const device = await Worker.create({
    ...common,
    taskQueue: deviceQueue('cpu'),
    maxHeartbeatThrottleInterval: '100ms',
  });
  return await control.runUntil(
    device.runUntil(async () => {
      const handle = await env.client.workflow.start<Loop>(RESEARCH_LOOP, {
        workflowId: input.loop,
        taskQueue: CONTROL_QUEUE,
        args: [input],
      });
      return await talk(handle);
    }),
  );
};
