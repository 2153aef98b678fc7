import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoopBut } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

test('a loop whose build is not the current one any more ends what it has begun and continues as new', async () => {
  const engine = new FakeEngine((experiment) => 10 - experiment, { runMs: 20 });
  const input = loopInput('toy/outdated', taskWith({ budget: { experiments: 12 }, concurrency: 3 }));
  const newer = {
    file: 'workflows/newest-build.ts',
    from: 'workflowInfo().targetWorkerDeploymentVersionChanged',
    to: 'workflowInfo().historyLength > 100',
  };
  const result = await withLoopBut(newer, { env, engine, input }, async (handle) => {
    const ended = await handle.result();
    const { runId } = await env.client.workflow.getHandle('toy/outdated').describe();
    expect(runId).not.toBe(handle.firstExecutionRunId);
    return ended;
  });
  expect(result.spent.experiments).toBe(12);
  expect(engine.rows.map(({ experiment }) => experiment).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 13 }, (_, at) => at),
  );
});
