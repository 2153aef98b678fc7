import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { RESEARCH_LOOP } from '../../../src/contract/names.js';
import { createControlWorker } from '../../../src/workers/control-worker.js';
import { makeFirstCurrent } from '../../../src/workers/first-build.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const of = (buildId: string) => ({ deploymentName: 'autolift', buildId });

/** A control worker of this build, as long as the work takes. */
const serving = async <T>(buildId: string, work: () => Promise<T>): Promise<T> => {
  const { activities } = new FakeEngine(() => 1);
  const worker = await createControlWorker({
    connection: env.nativeConnection,
    namespace: 'default',
    activities: { ...activities },
    deployment: of(buildId),
  });
  return await worker.runUntil(work);
};

const asked = () => ({ connection: env.nativeConnection, namespace: 'default' });

test('the first build of a deployment is made current; later ones wait for a person, and new loops for them', async () => {
  await serving('v1', async () => {
    expect(await makeFirstCurrent(asked(), of('v1'))).toBe('v1');
    await serving('v2', async () => {
      expect(await makeFirstCurrent(asked(), of('v2'))).toBe('v1');
      const loop = await env.client.workflow.start(RESEARCH_LOOP, {
        workflowId: 'toy/versioned',
        taskQueue: 'control',
        args: [loopInput('toy/versioned', taskWith({ budget: { experiments: 1 } }))],
      });
      for (;;) {
        const { raw } = await loop.describe();
        const version = raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId;
        if (version) {
          expect(version).toBe('v1');
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      await loop.terminate();
    });
  });
});
