import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { RunRequest } from '../../../src/contract/run-schema.js';
import { forkTask } from '../../../src/cli/fork-task.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop, withLoopBut } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
}, 60_000);
afterAll(() => env.teardown());

const task = (run: object, more: object = {}) =>
  taskWith({ run: { command: 'x', budget: 10, ...run }, budget: { experiments: 2 }, ...more });

const until = async <T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> => {
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const devicesOf = (runs: RunRequest[]) => [...new Set(runs.map(({ device }) => device))];
const ofDevice = (engine: FakeEngine) =>
  engine.events.filter(({ kind }) => kind === 'device').map(({ text }) => text);

/** Seconds instead of a minute until it is looked who serves a quiet queue. */
const IMPATIENT = { file: 'domain/device/quiet.ts', from: '60_000', to: '500' };

test('a loop runs on the first class that somebody serves, all of it, and says why', async () => {
  const engine = new FakeEngine((n) => 1 - n / 100, { living: () => ['cpu'] });
  const input = loopInput('devices/second', task({ device: ['h100', 'cpu'] }, { priority: 1 }));
  await withLoop(env, engine, input, async (handle) => {
    await handle.result();
    const status = await handle.query<LoopStatus>(QUERIES.status);
    expect(status.device).toEqual({ class: 'cpu', why: 'nobody served h100' });
    const { searchAttributes, raw } = await handle.describe();
    expect(searchAttributes['DeviceClass']).toEqual(['cpu']);
    expect(raw.workflowExecutionInfo?.taskQueue).toBe('control');
    const { history } = await env.client.workflowService.getWorkflowExecutionHistory({
      namespace: 'default',
      execution: { workflowId: input.loop },
    });
    const runs = (history?.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: one }) =>
      one?.activityType?.name === 'runCandidate' ? [one] : [],
    );
    expect(new Set(runs.map(({ taskQueue }) => taskQueue?.name))).toEqual(new Set(['device.cpu']));
    expect(runs[0]?.priority).toMatchObject({ priorityKey: 1, fairnessKey: 'devices/second' });
  });
  expect(devicesOf(engine.runs)).toEqual(['cpu']);
  expect(ofDevice(engine)).toEqual(['runs on cpu (nobody served h100)']);
});

test('a fork on another class measures its baseline there first, and meets no score of the old one', async () => {
  const old = loopInput('devices/old', task({ device: ['h100', 'a100'] }));
  const flags = { budget: {}, concurrency: undefined, proposer: undefined, device: 'cpu' };
  const engine = new FakeEngine((n) => 50 - n);
  const input = {
    ...loopInput('devices/forked', forkTask(old, 4, flags)),
    source: { ...old.source, baseCommit: engine.commitOf(4) },
    forkedFrom: { loop: old.loop, experiment: 4, trustClaims: false },
  };
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(devicesOf(engine.runs)).toEqual(['cpu']);
  const [first] = engine.runs;
  expect([first?.role, first?.source.commit]).toEqual(['baseline', engine.commitOf(4)]);
  const [baseline] = engine.rows;
  expect(baseline).toMatchObject({ experiment: 0, value: 50, deviceClass: 'cpu' });
  expect(result.baseline?.value).toBe(50);
});

test('with nobody on any class a loop says so and waits, for as long as it takes', async () => {
  let living: string[] = [];
  const engine = new FakeEngine(() => 1, { living: () => living });
  const input = loopInput('devices/waits', task({ device: ['h100', 'cpu'] }));
  await withLoop(env, engine, input, async (handle) => {
    const waits = await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ unserved }) => unserved !== undefined,
    );
    expect(waits.unserved).toContain('no worker serves any of the device classes h100, cpu');
    expect(engine.runs).toEqual([]);
    living = ['cpu'];
    await handle.result();
    expect((await handle.query<LoopStatus>(QUERIES.status)).unserved).toBeUndefined();
  });
  expect(ofDevice(engine)).toEqual([
    expect.stringContaining('no worker serves any'),
    'a device worker runs again',
    'runs on cpu (nobody served h100)',
  ]);
});

test('a loop that waits for its first device can be stopped', async () => {
  const engine = new FakeEngine(() => 1, { living: () => [] });
  const input = loopInput('devices/stopped', task({ device: ['h100', 'a100'] }));
  await withLoop(env, engine, input, async (handle) => {
    await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ unserved }) => unserved !== undefined,
    );
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish', reason: 'enough' }] });
    expect((await handle.result()).stopped).toBe('enough');
  });
  expect(engine.runs).toEqual([]);
});

test('a class that loses its workers before the baseline is left for the next, where the task says so', async () => {
  let living = ['h100'];
  const engine = new FakeEngine(() => 1, {
    living: (classes) => classes.filter((one) => living.includes(one)),
  });
  const input = loopInput('devices/next', task({ device: ['h100', 'cpu'], onMissingDevice: 'next' }));
  await withLoopBut(IMPATIENT, { env, engine, input }, async (handle) => {
    await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ device }) => device?.class === 'h100',
    );
    living = ['cpu'];
    await handle.result();
  });
  expect(devicesOf(engine.runs)).toEqual(['cpu']);
  expect(new Set(engine.rows.map(({ deviceClass }) => deviceClass))).toEqual(new Set(['cpu']));
  expect(ofDevice(engine)).toContain(
    'runs on cpu (nobody served h100 any more, and no baseline was measured yet)',
  );
});

test('otherwise it says so and stays with its class, until somebody serves it again', async () => {
  let living = ['cpu'];
  const engine = new FakeEngine(() => 1, {
    living: (classes) => classes.filter((one) => living.includes(one)),
    runMs: 1500,
  });
  const input = loopInput('devices/stays', task({ device: ['cpu', 'h100'] }));
  await withLoopBut(IMPATIENT, { env, engine, input }, async (handle) => {
    await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ device }) => device?.class === 'cpu',
    );
    living = ['h100'];
    const waits = await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ unserved }) => unserved !== undefined,
    );
    expect([waits.unserved, waits.device?.class]).toEqual([
      expect.stringContaining('the device class cpu'),
      'cpu',
    ]);
    await handle.result();
  });
  expect(devicesOf(engine.runs)).toEqual(['cpu']);
});

test("a run of another class than the loop's is compared with nothing: the loop stands still and says why", async () => {
  const engine = new FakeEngine((n, { device }) =>
    n === 0
      ? 1
      : {
          value: 0.5,
          device: { class: `${device}-nvl`, name: 'other', id: 'gpu:0', host: 'lab2' },
        },
  );
  const input = loopInput('devices/foreign', task({ device: 'cpu' }));
  await withLoop(env, engine, input, async (handle) => {
    const stands = await until(
      async () => handle.query<LoopStatus>(QUERIES.status),
      ({ phase }) => phase === 'paused',
    );
    expect(stands.note).toContain(
      'a run that was meant for the device class cpu was made on cpu-nvl (lab2): scores of two classes are never compared',
    );
    expect(stands.incumbent?.experiment).toBe(0);
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    const result = await handle.result();
    expect(result.outcomes.keep).toBeUndefined();
  });
  expect(engine.rows.flatMap(({ measurements }) => measurements.map((one) => one.deviceClass))).not.toContain(
    'cpu-nvl',
  );
});
