import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import type { FleetView, HostView } from '../../src/domain/fleet/fleet-view.js';
import { startDeviceHost } from '../support/device-host.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let engine: TestEngine;
const homes: string[] = [];
const children = new Map<string, ChildProcess>();

const startHost = (name: string, home = mkdtempSync(join(tmpdir(), `autolift-host-${name}-`))): string => {
  homes.push(home);
  children.set(name, startDeviceHost(engine, name, home));
  return home;
};

const killHost = (name: string, signal: NodeJS.Signals): void => {
  const pid = children.get(name)?.pid;
  children.delete(name);
  if (pid !== undefined) process.kill(-pid, signal);
};

const task = (name: string, more: string, seconds = 1): string =>
  repositoryWith({
    'train.sh': 'A=531\nB=77\n',
    'task.yaml': `name: ${name}
editable: [train.sh]
run: { command: "sleep ${String(seconds)}; . ./train.sh; echo METRIC:x=$((A + B))", budget: 30s, ${more.split('\n')[0] ?? ''} }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict }
${more.split('\n').slice(1).join('\n')}
`,
  });

const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await engine.autolift(...args, '--json')).stdout) as T;

const fleet = async (): Promise<FleetView> => json<FleetView>('fleet');
const status = async (loop: string): Promise<LoopStatus> => json<LoopStatus>('status', loop);
const hostOf = ({ hosts }: FleetView, name: string): HostView | undefined =>
  hosts.find(({ classes }) => classes.includes(name));
const keyOf = (view: FleetView, name: string): string | undefined =>
  hostOf(view, name)?.devices.find(({ run }) => run !== null)?.run?.key;

const run = async (folder: string): Promise<void> => {
  const said = await engine.autolift('run', folder, '--tag', 't', '--detach');
  expect([said.code, said.stderr]).toEqual([0, expect.any(String)]);
};

let drained: string;

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  await engine.up();
  startHost('a');
  drained = startHost('b');
  await until(fleet, (view) => hostOf(view, 'a')?.state === 'up' && hostOf(view, 'b')?.state === 'up');
}, 180_000);

afterAll(async () => {
  for (const name of children.keys()) killHost(name, 'SIGKILL');
  await engine.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
}, 60_000);

test('a loop runs on the first class that is served, and the fleet shows where', async () => {
  await run(task('first', 'device: [zz, b, a]\nbudget: { experiments: 500 }'));
  const view = await until(fleet, (now) => keyOf(now, 'b')?.startsWith('first/t/') === true);
  expect(hostOf(view, 'a')?.devices.map((device) => device.run)).toEqual([null]);
  expect(view.queues.find((queue) => queue.class === 'b')).toMatchObject({ hosts: 1, loops: ['first/t'] });
  expect((await status('first/t')).device).toEqual({ class: 'b', why: 'nobody served zz' });
  expect((await engine.autolift('status', 'first/t')).stdout).toMatch(/device +b \(nobody served zz\)/);
  const shown = (await engine.autolift('fleet')).stdout;
  expect(shown).toMatch(/^HOST +CLASS +DEVICE +STATE +RUNS +PHASE +SINCE/);
  expect(shown).toMatch(/ b +0 .* busy +first\/t #\d+ +\w+/);
});

test('a drained host ends its run and takes no more, also after a restart; a new loop goes elsewhere', async () => {
  const said = await engine.autolift('fleet', 'drain', `b@${hostOf(await fleet(), 'b')?.host ?? ''}`);
  expect(said.stdout).toMatch(/^b@\S+ is (drained|draining): .*restarted|started again/);
  await until(fleet, (view) => hostOf(view, 'b')?.state === 'drained');
  killHost('b', 'SIGTERM');
  startHost('b', drained);
  await until(fleet, (view) => hostOf(view, 'b')?.state === 'drained');
  const { experiments } = (await status('first/t')).spent;
  await run(task('second', 'device: [b, a]\nbudget: { experiments: 3 }', 0));
  await until(
    async () => status('second/t'),
    ({ phase }) => phase === 'done',
  );
  expect((await status('second/t')).device).toEqual({ class: 'a', why: 'nobody served b' });
  expect((await status('first/t')).spent.experiments).toBe(experiments);
  const undrained = await engine.autolift('fleet', 'undrain', 'nosuchhost');
  expect([undrained.code, undrained.stderr]).toEqual([2, expect.stringContaining('no device worker')]);
  const which = await engine.autolift('fleet', 'drain');
  expect([which.code, which.stdout, which.stderr]).toEqual([
    2,
    '',
    expect.stringContaining('Name one of these: '),
  ]);
  await engine.autolift('fleet', 'undrain', `b@${hostOf(await fleet(), 'b')?.host ?? ''}`);
  await until(
    async () => status('first/t'),
    ({ spent }) => spent.experiments > experiments,
  );
});

test('a host that is killed is silent, with the time when it was last heard of; status names its class', async () => {
  killHost('b', 'SIGKILL');
  const view = await until(fleet, (now) => hostOf(now, 'b')?.state === 'silent');
  expect(hostOf(view, 'b')?.devices).toEqual([]);
  expect(hostOf(view, 'a')?.state).toBe('up');
  expect((await engine.autolift('fleet')).stdout).toMatch(/ b +– +silent +.* ago$/m);
  const { notices } = await until(
    async () => json<{ missing: object | null; notices: string[] }>('status', 'first/t'),
    ({ missing }) => missing !== null,
  );
  expect(notices.join()).toMatch(/no worker serves the device class b/);
  await engine.autolift('stop', 'first/t', '--cancel');
});

test('with nobody on any class a loop says so, and begins when somebody comes', async () => {
  await run(task('nobody', 'device: [yy, xx]\nbudget: { experiments: 2 }', 0));
  const waits = await until(
    async () => status('nobody/t'),
    ({ unserved }) => unserved !== undefined,
  );
  expect(waits.unserved).toContain('any of the device classes yy, xx');
  const shown = await engine.autolift('status', 'nobody/t');
  expect(shown.stdout).toMatch(/! no worker serves any of the device classes yy, xx.*--class/);
  startHost('xx');
  const done = await until(
    async () => status('nobody/t'),
    ({ phase }) => phase === 'done',
  );
  expect(done.device?.class).toBe('xx');
});

/** Numbers of runs of the first loop that began between two of the second, in the order in which runs began. */
const between = async (many: string, few: string): Promise<number[]> => {
  const records = await Promise.all(
    [many, few].map(async (loop) => {
      const { stdout } = await engine.autolift('export', loop, '--format', 'json');
      return JSON.parse(stdout) as LoopRecord;
    }),
  );
  const began = records.flatMap(({ loop, experiments }) =>
    experiments.flatMap(({ measurements }) =>
      measurements.map(({ startedAt }) => ({ loop: loop.loop, at: startedAt })),
    ),
  );
  const order = began.toSorted((x, y) => (x.at < y.at ? -1 : 1)).map(({ loop }) => loop);
  const places = order.flatMap((loop, at) => (loop === few ? [at] : []));
  return places.slice(1).map((at, nth) => at - (places[nth] ?? 0) - 1);
};

test('of loops that share a device the later one is not starved, and one of priority 1 goes first', async () => {
  await run(task('many', 'device: a\nconcurrency: 16\nbudget: { experiments: 400 }', 0));
  await until(
    async () => status('many/t'),
    ({ spent }) => spent.experiments >= 1,
  );
  for (const [name, priority] of [
    ['fair', 3],
    ['urgent', 1],
  ] as const) {
    await run(task(name, `device: a\npriority: ${String(priority)}\nbudget: { experiments: 4 }`, 0));
    await until(
      async () => status(`${name}/t`),
      ({ phase }) => phase === 'done',
    );
  }
  await engine.autolift('stop', 'many/t', '--cancel');
  await until(
    async () => status('many/t'),
    ({ phase }) => phase === 'done',
  );
  // sixteen and more of the first loop wait at any time: one line would put as many before each
  expect(Math.max(...(await between('many/t', 'fair/t')))).toBeLessThan(12);
  expect(Math.max(...(await between('many/t', 'urgent/t')))).toBeLessThan(8);
});
