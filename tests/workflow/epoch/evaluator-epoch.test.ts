import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EpochInput, EpochResult } from '../../../src/contract/epoch.js';
import { CONTROL_QUEUE, deviceQueue, EVALUATOR_EPOCH } from '../../../src/contract/names.js';
import type { RunRequest } from '../../../src/contract/run-schema.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { startTemporal, workflowBundle } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const bridge = async (engine: FakeEngine, name: string, asRecorded = false): Promise<EpochResult> => {
  const task = taskWith({
    measure: { command: 'e', metric: { name: 'loss', direction: 'minimize' } },
    concurrency: 4,
  });
  const { source } = loopInput('toy/old', task);
  const version = (hash: string, seed: number) => ({
    task: { ...task, seed },
    source: { ...source, evaluatorCommit: hash.repeat(40), evaluatorHash: hash.repeat(64) },
  });
  const input: EpochInput = {
    v: 1,
    id: `toy/epoch-${name}`,
    loop: 'toy/old',
    epoch: 2,
    before: version('b', 1),
    after: version('c', 9),
    artifacts: Array.from({ length: 40 }, (_, n) => ({
      experiment: n + 1,
      commit: String(n % 10).repeat(40),
      value: n + 2,
    })),
    asRecorded,
  };
  const control = await Worker.create({
    connection: env.nativeConnection,
    activities: { ...engine.activities },
    taskQueue: CONTROL_QUEUE,
    workflowBundle: await workflowBundle(),
  });
  const device = await Worker.create({
    connection: env.nativeConnection,
    activities: { ...engine.activities },
    taskQueue: deviceQueue('cpu'),
  });
  return await control.runUntil(
    device.runUntil(
      env.client.workflow.execute<(argument: EpochInput) => Promise<EpochResult>>(EVALUATOR_EPOCH, {
        workflowId: input.id,
        taskQueue: CONTROL_QUEUE,
        args: [input],
      }),
    ),
  );
};

/** An engine in which the new evaluator scores what the old one scores and something more. */
const engineWith = (more: (experiment: number) => number | null): FakeEngine =>
  new FakeEngine((experiment, { evaluator }: RunRequest) => {
    if (evaluator?.hash.startsWith('c') !== true) return experiment;
    const extra = more(experiment);
    return extra === null ? { status: 'crash', value: null, detail: 'boom' } : experiment + extra;
  });

test('every artifact is scored by both evaluators on the same seed, and equal scales go on', async () => {
  const engine = engineWith(() => 0);
  const result = await bridge(engine, 'same');
  expect(result).toMatchObject({ decision: 'continue', bridge: { artifacts: 40, bias: 0, tau: 1 } });
  expect(engine.runs).toHaveLength(80);
  expect(new Set(engine.runs.map(({ key }) => key)).size).toBe(80);
  for (const { experiment, commit } of result.scores) {
    const [old, fresh] = ['b', 'c'].map((hash) =>
      engine.runs.find(
        ({ key, evaluator }) =>
          key.endsWith(`/${String(experiment)}/candidate/0`) && evaluator?.hash.startsWith(hash) === true,
      ),
    );
    expect(fresh?.seed).toBe(old?.seed);
    expect(fresh?.source.commit).toBe(commit);
    expect(old?.source.commit).not.toBe(commit);
  }
  expect(new Set(engine.runs.map(({ seed }) => seed)).size).toBe(40);
  expect(engine.mostRunning).toBeLessThanOrEqual(4);
});

test('the verdict is written whatever it is: another scale, or an evaluator that scores nothing', async () => {
  const engine = engineWith((experiment) => (experiment % 2 === 0 ? 8 : 0));
  const drifted = await bridge(engine, 'drifted');
  expect(drifted.decision).toBe('new-scale');
  expect(engine.epochs).toEqual([
    expect.objectContaining({
      id: 'toy/epoch-drifted',
      loop: 'toy/old',
      epoch: 2,
      decision: 'new-scale',
      toHash: 'c'.repeat(64),
    }),
  ]);
  const broken = engineWith(() => null);
  expect(await bridge(broken, 'broken')).toMatchObject({ decision: 'refuse' });
  expect(broken.epochs[0]?.scores).toHaveLength(40);
});

test('an evaluator whose data have changed is compared by what it said then, and is not run again', async () => {
  const engine = engineWith(() => 0);
  const result = await bridge(engine, 'recorded', true);
  expect(engine.runs).toHaveLength(40);
  expect(engine.runs.every(({ evaluator }) => evaluator?.hash.startsWith('c') === true)).toBe(true);
  expect(result.scores[0]).toMatchObject({ experiment: 1, before: { value: 2 }, after: { value: 1 } });
  expect(result).toMatchObject({ decision: 'new-scale', bridge: { tau: 1 } });
});
