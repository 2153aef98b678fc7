import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import type { FleetView, HostView } from '../../src/domain/fleet/fleet-view.js';
import { testEngine, type TestEngine } from '../support/engine.js';
import { LentHost } from '../support/lent-host.js';
import { handedOn } from '../support/twin-hosts.js';
import { until } from '../support/until.js';

const CLASS = 'lent';
const KEY = 'k3y-of-the-bucket';

let engine: TestEngine;
let task: string;
const hosts: LentHost[] = [];

const lend = (...options: string[]): LentHost => {
  const host = new LentHost(CLASS, options, {
    TEMPORAL_ADDRESS: engine.settings.temporal.address,
    AUTOLIFT_ARTIFACTS: join(engine.home, 'blobs'),
    AWS_SECRET_ACCESS_KEY: KEY,
  });
  hosts.push(host);
  return host;
};

const json = async <T>(...args: string[]): Promise<T> =>
  JSON.parse((await engine.autolift(...args)).stdout) as T;

/** Hosts of the class, as `autolift fleet` has them. */
const fleet = async (): Promise<HostView[]> => {
  const view = await json<FleetView>('fleet', '--json');
  return view.hosts.filter(({ classes }) => classes.includes(CLASS));
};

const status = async (): Promise<LoopStatus> => json<LoopStatus>('status', 'lent/t', '--json');

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  mkdirSync(join(engine.home, 'blobs'));
  await engine.up();
  task = handedOn('lent', CLASS);
}, 180_000);

afterAll(async () => {
  await Promise.all(hosts.map(async (host) => host.close()));
  await engine.close();
  rmSync(task, { recursive: true, force: true });
}, 60_000);

test('a borrowed host that is told to go in the middle of a run leaves nothing, and the loop goes on elsewhere', async () => {
  const first = lend('--for', '4h');
  const said = await engine.autolift('run', task, '--tag', 't', '--detach');
  expect([said.code, said.stderr]).toEqual([0, expect.any(String)]);
  await until(status, ({ running }) => running[0]?.run?.checkpoint != null);
  const [busy] = await fleet();
  expect(busy?.devices).toMatchObject([{ run: { key: 'lent/t/1/candidate/0', phase: 'run' } }]);
  expect(busy).toMatchObject({ borrowed: true, leavesAt: expect.stringMatching(/Z$/) as string });
  expect((await engine.autolift('fleet')).stdout).toMatch(/ \(borrowed, 3h 5\dm left\) +lent +0 .* busy/);
  expect(first.left()).not.toEqual([]);
  expect([await first.end('SIGTERM'), first.left()]).toEqual([0, []]);
  const second = lend('--until-idle', '5s');
  await until(status, ({ phase }) => phase === 'done');
  const { experiments } = await json<LoopRecord>('export', 'lent/t', '--format', 'json');
  expect(experiments.map(({ experiment }) => experiment)).toEqual([0, 1]);
  expect(experiments[1]?.measurements).toMatchObject([{ value: 41, course: { attempt: 2 } }]);
  expect([await second.end(), second.left()]).toEqual([0, []]);
  const log = (await engine.autolift('log', 'lent/t', '0')).stdout;
  expect(log).toContain('AUTOLIFT_DEVICE=lent');
  expect(log).not.toContain(KEY);
  // those that left in order are not listed
  expect(await fleet()).toEqual([]);
}, 300_000);

test('one that is killed is gone from the fleet and from its disk', async () => {
  const killed = lend();
  const [up] = await until(fleet, (now) => now[0]?.state === 'up');
  const drained = await engine.autolift('fleet', 'drain', `${CLASS}@${up?.host ?? ''}`);
  // not "also when it is started again": nothing of it will be there then
  expect(drained.stdout).toMatch(/ is drained: it takes no runs\.$/m);
  await killed.end('SIGKILL');
  const [gone] = await until(fleet, (now) => now[0]?.state === 'gone');
  expect(gone).toMatchObject({ borrowed: true, devices: [] });
  expect(killed.left()).toEqual([]);
}, 180_000);
