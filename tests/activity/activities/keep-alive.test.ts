import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { keepAlive } from '../../../src/activities/keep-alive.js';

const beatsOf = async (attempt: number, slow: () => Promise<unknown>): Promise<unknown[]> => {
  const environment = new MockActivityEnvironment({ attempt });
  const beats: unknown[] = [];
  environment.on('heartbeat', (details: unknown) => beats.push(details));
  await environment.run(async () => await keepAlive(() => 'paid', slow)).catch(() => undefined);
  return beats;
};

test('what is quick and succeeds costs the server no heartbeat', async () => {
  expect(await beatsOf(1, async () => await Promise.resolve())).toEqual([]);
});

test('a failure and a further attempt hand their details on', async () => {
  expect(await beatsOf(1, async () => await Promise.reject(new Error('no')))).toEqual(['paid']);
  expect(await beatsOf(2, async () => await Promise.resolve())).toEqual(['paid']);
});
