import { ApplicationFailure } from '@temporalio/activity';
import { expect, test } from 'vitest';
import { createAwaitDevice, createLivingClasses } from '../../../../src/activities/devices/living-classes.js';
import type { SeenWorker } from '../../../../src/contract/fleet.js';

const alive = (queue: string): SeenWorker => ({
  identity: 'device.a@host:1',
  queue,
  seenAt: Date.now(),
  by: 'heartbeat',
  ended: false,
});

const deps = (served: Record<string, boolean | null>) => ({
  seenWorkers: (queue: string) =>
    Promise.resolve(served[queue] === null ? null : served[queue] === true ? [alive(queue)] : []),
});

test('living classes come in the order of preference; a server that does not tell stops nobody', async () => {
  const look = createLivingClasses(deps({ 'device.b': true, 'device.c': null }));
  expect(await look({ classes: ['c', 'a', 'b'] })).toEqual({ living: ['c', 'b'] });
});

test('waiting is a failure that is worth another attempt, in the words that the server shows', async () => {
  const served: Record<string, boolean> = {};
  const wait = createAwaitDevice(deps(served));
  const failure = await wait({ classes: ['a', 'b'] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({ type: 'NobodyServes', nonRetryable: false });
  expect(String(failure)).toContain('no worker serves any of the device classes a, b');
  served['device.b'] = true;
  expect(await wait({ classes: ['a', 'b'] })).toEqual({ living: ['b'] });
});
