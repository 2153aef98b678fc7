import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONTROL_QUEUE, deviceQueue, NOISE_STUDY } from '../../../src/contract/names.js';
import type { NoiseInput, NoiseResult } from '../../../src/contract/noise.js';
import { readNoise } from '../../../src/domain/noise/read-noise.js';
import { random } from '../../../src/domain/random.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { startTemporal, workflowBundle } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const study = async (
  engine: FakeEngine,
  name: string,
  { more = {}, ...wanted }: Partial<NoiseInput> & { more?: Parameters<typeof taskWith>[0] },
): Promise<NoiseResult> => {
  const task = taskWith(more);
  const { source } = loopInput(name, task);
  const input = { v: 1 as const, id: name, task, source, devices: ['cpu'], repeats: 5, clones: 0, ...wanted };
  const common = { connection: env.nativeConnection, activities: { ...engine.activities } };
  const bundled = { taskQueue: CONTROL_QUEUE, workflowBundle: await workflowBundle() };
  const workers = [await Worker.create({ connection: env.nativeConnection, ...bundled })];
  for (const device of input.devices)
    workers.push(await Worker.create({ ...common, taskQueue: deviceQueue(device) }));
  const execute = () =>
    env.client.workflow.execute<(input: NoiseInput) => Promise<NoiseResult>>(NOISE_STUDY, {
      workflowId: name,
      taskQueue: CONTROL_QUEUE,
      args: [input],
    });
  return workers.reduce<() => Promise<NoiseResult>>(
    (inner, worker) => () => worker.runUntil(inner),
    execute,
  )();
};

const noisy = () =>
  new FakeEngine((_, { seed, key }) => 5 + random('s', seed).next() + 0.01 * random('p', key).next());

test('each seed is run twice on each class, as baseline, under a key of its own', async () => {
  const engine = noisy();
  const { runs } = await study(engine, 'toy/noise/two', { devices: ['cpu', 'gpu'] });
  expect(runs).toHaveLength(20);
  expect(new Set(engine.runs.map(({ key }) => key)).size).toBe(20);
  expect(
    engine.runs.every(({ role, source }) => role === 'baseline' && source.commit === 'a'.repeat(40)),
  ).toBe(true);
  for (const device of ['cpu', 'gpu']) {
    const seeds = engine.runs.filter((run) => run.device === device).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(5);
    expect(seeds).toHaveLength(10);
    expect(seeds.every((seed, at) => seed !== seeds[at + 1])).toBe(true);
  }
  expect(readNoise(runs).classes.map(({ device, seeds }) => [device, seeds])).toEqual([
    ['cpu', 5],
    ['gpu', 5],
  ]);
});

test('a metric that never varies ends the study after three seeds', async () => {
  const engine = new FakeEngine(() => 5);
  const { runs } = await study(engine, 'toy/noise/still', { repeats: 40 });
  expect(runs).toHaveLength(6);
});

test('a first run that fails ends it with the reason', async () => {
  const engine = new FakeEngine(() => ({ status: 'crash', value: null, detail: 'no such file' }));
  await expect(study(engine, 'toy/noise/crash', {})).rejects.toMatchObject({
    cause: { type: 'NoiseFailed', message: 'the unchanged artifact ended as crash: no such file' },
  });
});

test('a later failure is counted, and its metric claims are believed like the baseline of a loop', async () => {
  const claims = { status: 'tampered' as const, tampering: ['claimed loss=1'] };
  const engine = new FakeEngine((_, { trustClaims, key, seed }) => {
    if (!trustClaims) return { ...claims, value: 5 };
    return key.endsWith('/3b') ? { status: 'timeout', value: null } : random('s', seed).next();
  });
  const { runs } = await study(engine, 'toy/noise/claims', {});
  expect(runs.map(({ status }) => status).filter((status) => status !== 'ok')).toEqual(['timeout']);
  expect(readNoise(runs).classes[0]).toMatchObject({ failed: 1, seeds: 4, runs: 10 });
});

test("copies are judged by the task's own rule on seeds of their own", async () => {
  const engine = noisy();
  const more = { acceptance: { rule: 'paired-t' as const, n: 3 }, concurrency: 2 };
  const { clones } = await study(engine, 'toy/noise/clones', { clones: 4, more });
  expect(clones.map(({ runs }) => runs)).toEqual([6, 6, 6, 6]);
  const own = engine.runs.filter(({ role }) => role !== 'baseline');
  expect(own).toHaveLength(24);
  expect(new Set(own.map(({ seed }) => seed)).size).toBe(12);
  // three pairs of each of four copies: the candidate has the first place in the first and the third
  const first = new Map(own.toReversed().map(({ seed, role }) => [seed, role]));
  expect([...first.values()].filter((role) => role === 'incumbent')).toHaveLength(4);
});
