import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import { TWIN, TwinHosts } from '../support/twin-hosts.js';
import { until } from '../support/until.js';

let twins: TwinHosts;
beforeAll(async () => {
  twins = await TwinHosts.up();
}, 240_000);
afterAll(() => twins.close(), 60_000);

test('an experiment whose host dies is done once, elsewhere, from its checkpoint', async () => {
  expect(await twins.runLoop()).toMatchObject({ code: 0 });
  const look = () => twins.status();
  const { running } = await until(look, (now) => now.running[0]?.run?.checkpoint != null);
  expect(running[0]?.run).toMatchObject({ step: 7, loss: 2.5, attempt: { device: `${TWIN}/0` } });
  const shown = (await twins.engine.autolift('status', 'twins/t')).stdout;
  expect(shown).toMatch(/step 7, loss 2\.5, checkpoint of step 7/);
  const busy = (await twins.living()).find(({ devices }) => devices.some(({ run }) => run !== null));
  const run = busy?.devices.find((device) => device.run !== null)?.run;
  expect(run).toMatchObject({ key: 'twins/t/1/candidate/0', step: 7, loss: 2.5 });
  twins.kill(busy?.about?.home ?? '');
  await until(look, ({ phase }) => phase === 'done');
  const { experiments } = await twins.json<LoopRecord>('export', 'twins/t', '--format', 'json');
  expect(experiments.map(({ experiment }) => experiment)).toEqual([0, 1]);
  const [row] = experiments.filter(({ experiment }) => experiment === 1);
  expect(row?.outcome).toBe('discard');
  const [measured, ...more] = row?.measurements ?? [];
  expect([measured?.value, measured?.status, more]).toEqual([41, 'ok', []]);
  expect(measured?.course).toMatchObject({ attempt: 2, earlier: [{ device: `${TWIN}/0`, step: 7 }] });
  expect(measured?.course?.resumedAt).toBeGreaterThan(0);
  // the seconds that the dead host's device was held are paid for
  expect(measured?.deviceSeconds).toBeGreaterThanOrEqual(measured?.course?.earlier?.[0]?.seconds ?? Infinity);
}, 400_000);
