import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import {
  CONTROL_QUEUE,
  deviceQueue,
  QUERIES,
  RESEARCH_LOOP,
  TRANSFER_STUDY,
  UPDATES,
} from '../../../src/contract/names.js';
import type { LoopInput, LoopResult } from '../../../src/contract/loop.js';
import type { RunRequest } from '../../../src/contract/run-schema.js';
import type { TransferInput, TransferProgress, TransferResult } from '../../../src/contract/transfer.js';
import { branchArtifacts } from '../../../src/domain/transfer/artifacts.js';
import { transferReport } from '../../../src/domain/transfer/transfer-report.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { fallSilent } from '../../support/fall-silent.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { startTemporal, workflowBundle } from '../../support/temporal.js';
import { planOf } from '../../support/transfer-record.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
}, 60_000);
afterAll(() => env.teardown());

type Study = (input: TransferInput) => Promise<TransferResult>;

const served = async <T>(engine: FakeEngine, devices: string[], talk: () => Promise<T>): Promise<T> => {
  const common = { connection: env.nativeConnection, activities: { ...engine.activities } };
  const workers = [
    await Worker.create({ ...common, taskQueue: CONTROL_QUEUE, workflowBundle: await workflowBundle() }),
  ];
  for (const device of devices)
    workers.push(
      await Worker.create({
        ...common,
        taskQueue: deviceQueue(device),
        maxHeartbeatThrottleInterval: '100ms',
      }),
    );
  return workers.reduce<() => Promise<T>>((inner, worker) => () => worker.runUntil(inner), talk)();
};

const inputOf = (name: string, more: Partial<TransferInput> = {}): TransferInput => ({
  v: 1,
  id: `toy/one/transfer/${name}`,
  loop: 'toy/one',
  to: ['a', 'b'],
  pairs: 4,
  ...more,
});

const start = (input: TransferInput) =>
  env.client.workflow.start<Study>(TRANSFER_STUDY, {
    workflowId: input.id,
    taskQueue: CONTROL_QUEUE,
    args: [input],
  });

const progressOf = (handle: Pick<WorkflowHandle, 'query'>) =>
  handle.query<TransferProgress>(QUERIES.transferProgress);

const until = async <T>(look: () => Promise<T> | T, holds: (found: T) => boolean): Promise<T> => {
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Change 1 pays everywhere, change 3 on class a alone; the last one nowhere. */
const lossOf = ({ source, device, seed }: RunRequest): number => {
  const steps = ['a', '1', '3', '4'].indexOf(source.commit[0] ?? '');
  const gained = (steps >= 1 ? 2 : 0) + (steps >= 2 && device === 'a' ? 1 : 0);
  return 10 - gained + (seed % 997) / 10_000;
};

const plan = planOf();
const opened = ({ only }: TransferInput) => ({ plan, artifacts: branchArtifacts(plan, only) });

test('each artifact runs once on each seed of each class, and the rows say what holds where', async () => {
  const engine = new FakeEngine((_, request) => lossOf(request), { transfer: opened });
  const input = inputOf('plain');
  await served(engine, input.to, async () => {
    const handle = await start(input);
    expect(await handle.result()).toEqual({ done: 32, planned: 32, unserved: [], stopped: null });
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({ Task: ['toy'], DeviceClass: ['a'], Phase: ['done'] });
  });
  expect(new Set(engine.runs.map(({ key }) => key)).size).toBe(32);
  const seedsOn = (device: string) =>
    new Set(engine.runs.flatMap((run) => (run.device === device ? [run.seed] : [])));
  expect(seedsOn('a').size).toBe(4);
  expect(seedsOn('b')).toEqual(seedsOn('a'));
  expect(engine.transfers.every(({ run }) => run.origin === 'measured')).toBe(true);
  const report = transferReport('toy/one', plan, engine.transfers);
  expect(report?.changes.map(({ verdict }) => verdict)).toEqual([
    'holds everywhere',
    'holds on some',
    'only here',
  ]);
  expect([report?.whole.verdict, engine.rows, engine.events]).toEqual(['holds everywhere', [], []]);
});

test('paused it begins no run, stopped it keeps what it has, and started again it makes the rest alone', async () => {
  const engine = new FakeEngine((_, request) => lossOf(request), { transfer: opened, runMs: 50 });
  const input = inputOf('paused', { to: ['a'], pairs: 10 });
  await served(engine, input.to, async () => {
    const handle = await start(input);
    await until(
      () => engine.transfers.length,
      (rows) => rows >= 4,
    );
    await handle.executeUpdate(UPDATES.pause, { args: [{ reason: 'need it' }] });
    expect((await progressOf(handle)).paused).toBe('need it');
    await expect(handle.executeUpdate(UPDATES.pause, { args: [{}] })).rejects.toMatchObject({
      cause: { message: 'the study is paused already' },
    });
    await until(
      () => engine.running,
      (running) => running === 0,
    );
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    const stopped = await handle.result();
    expect(stopped.stopped).toContain('stopped by a person');
    const before = engine.runs.length;
    expect(before).toBeLessThan(40);
    const again = await start(input);
    expect((await again.result()).stopped).toBeNull();
    expect(engine.transfers).toHaveLength(40);
    expect(new Set(engine.transfers.map(({ artifact, pair }) => `${artifact}/${String(pair)}`)).size).toBe(
      40,
    );
  });
});

test('stopped while the host of its runs is dead, it ends as stopped and not as failed', async () => {
  const engine = new FakeEngine(() => 1, { transfer: opened });
  const fell = fallSilent(engine, () => true);
  const input = inputOf('silent', { to: ['a'] });
  await served(engine, input.to, async () => {
    const handle = await start(input);
    await fell;
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    expect((await handle.result()).stopped).toBe('stopped by a person');
  });
});

test('with nobody on a class it says so and waits, while another class goes on', async () => {
  let living = ['a'];
  const engine = new FakeEngine((_, request) => lossOf(request), {
    transfer: opened,
    living: (classes) => classes.filter((one) => living.includes(one)),
  });
  const input = inputOf('unserved', { pairs: 3 });
  await served(engine, input.to, async () => {
    const handle = await start(input);
    const waits = await until(
      () => progressOf(handle),
      ({ done }) => done === 12,
    );
    expect(waits.unserved).toEqual(['b']);
    expect(engine.runs.every(({ device }) => device === 'a')).toBe(true);
    living = ['a', 'b'];
    expect(await handle.result()).toMatchObject({ done: 24, unserved: [], stopped: null });
  });
});

test('where the task would rather go on than wait, a class that nobody serves is left out', async () => {
  const going = planOf({ run: { command: 'x', budget: 10, onMissingDevice: 'next' } });
  const engine = new FakeEngine((_, request) => lossOf(request), {
    transfer: () => ({ plan: going, artifacts: branchArtifacts(going) }),
    living: (classes) => classes.filter((one) => one === 'a'),
  });
  const input = inputOf('next', { pairs: 3 });
  await served(engine, input.to, async () => {
    expect(await (await start(input)).result()).toMatchObject({ done: 12, stopped: null });
  });
  expect(new Set(engine.runs.map(({ device }) => device))).toEqual(new Set(['a']));
});

test('a run that was made on another class than it was asked for ends the study: it is no score of either', async () => {
  const engine = new FakeEngine(
    () => ({ value: 1, device: { class: 'cpu', name: 'x', id: 'cpu:0', host: 'lab2' } }),
    { transfer: opened },
  );
  const input = inputOf('foreign', { to: ['a'] });
  await served(engine, input.to, async () => {
    const handle = await start(input);
    await expect(handle.result()).rejects.toMatchObject({ cause: { type: 'ForeignScore' } });
  });
  expect(engine.transfers).toEqual([]);
});

const loopWith = (name: string, transfer: Record<string, unknown>): LoopInput =>
  loopInput(name, taskWith({ budget: { experiments: 3 }, transfer: transfer as { to: string } }));

test('a loop with the wish has what it kept measured elsewhere once it has ended, and waits for nobody there', async () => {
  const engine = new FakeEngine((n) => 10 - n, { transfer: opened });
  const input = loopWith('toy/final', { to: ['a', 'cpu'], pairs: 3 });
  await served(engine, ['cpu', 'a'], async () => {
    const loop = await env.client.workflow.start<(given: LoopInput) => Promise<LoopResult>>(RESEARCH_LOOP, {
      workflowId: input.loop,
      taskQueue: CONTROL_QUEUE,
      args: [input],
    });
    const { incumbent } = await loop.result();
    const id = `toy/final/transfer/${String(incumbent?.experiment)}-a-3`;
    const study = env.client.workflow.getHandle<Study>(id);
    expect(await study.result()).toMatchObject({ done: 12, stopped: null });
    expect((await study.describe()).memo).toEqual({ loop: 'toy/final' });
  });
  expect(engine.transfers.every(({ loop, run }) => loop === 'toy/final' && run.deviceClass === 'a')).toBe(
    true,
  );
});

test('each change is measured elsewhere as soon as it stands, where the task says so; a cancelled loop asks for none', async () => {
  const engine = new FakeEngine((n) => 10 - n, { transfer: opened });
  const each = loopWith('toy/each', { to: 'a', at: 'every-promotion', pairs: 3 });
  const cancelled = loopWith('toy/cancelled', { to: 'a', pairs: 3 });
  await served(engine, ['cpu', 'a'], async () => {
    const run = (input: LoopInput) =>
      env.client.workflow.start<(given: LoopInput) => Promise<LoopResult>>(RESEARCH_LOOP, {
        workflowId: input.loop,
        taskQueue: CONTROL_QUEUE,
        args: [input],
      });
    const { outcomes } = await (await run(each)).result();
    expect(outcomes.keep).toBe(3);
    const studies = [1, 2, 3].map((n) => `toy/each/transfer/${String(n)}-a-3-only-${String(n)}`);
    for (const id of studies)
      expect((await env.client.workflow.getHandle<Study>(id).result()).stopped).toBeNull();
    const loop = await run({ ...cancelled, task: { ...cancelled.task, budget: { experiments: 10_000 } } });
    await until(
      () => loop.query<{ incumbent: { experiment: number } | null }>(QUERIES.status),
      ({ incumbent }) => (incumbent?.experiment ?? 0) > 0,
    );
    await loop.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    await loop.result();
  });
  expect(engine.transfers.some(({ loop }) => loop === 'toy/cancelled')).toBe(false);
});
