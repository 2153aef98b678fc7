import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import { sleepThrough } from '../../../../src/activities/steward/sleep-through.js';

const sleeping = async (
  reason: 'CANCELLED' | 'NOT_FOUND' | 'WORKER_SHUTDOWN',
  ms: number,
): Promise<string> => {
  const environment = new MockActivityEnvironment();
  const slept = environment.run(async () => {
    await sleepThrough(ms);
    return 'slept';
  });
  environment.cancel(reason);
  return await (slept as Promise<string>).catch(() => 'woken');
};

test('a question that is cancelled or forgotten by the server keeps its turn to the end', async () => {
  expect(await sleeping('CANCELLED', 50)).toBe('slept');
  expect(await sleeping('NOT_FOUND', 50)).toBe('slept');
});

test('a worker that shuts down waits for nobody', async () => {
  expect(await sleeping('WORKER_SHUTDOWN', 50_000)).toBe('woken');
});
