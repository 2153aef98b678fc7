import { expect, test } from 'vitest';
import { inTime } from '../../../../src/activities/steward/in-time.js';
import { steadyNow } from '../../../../src/activities/steward/steady-clock.js';

const never = new Promise<string>(() => undefined);

test('what is done in time is what it gave, and what is not is nothing', async () => {
  expect(await inTime(Promise.resolve('done'), steadyNow() + 60_000)).toBe('done');
  expect(await inTime(never, steadyNow() + 5)).toBeNull();
  expect(await inTime(never, steadyNow() - 5)).toBeNull();
});

test('a failure in time is a failure, and one after it troubles nobody', async () => {
  await expect(inTime(Promise.reject(new Error('broken')), steadyNow() + 60_000)).rejects.toThrow('broken');
  let fail: (error: Error) => void = () => undefined;
  const late = new Promise<string>((_, reject) => (fail = reject));
  expect(await inTime(late, steadyNow() - 5)).toBeNull();
  fail(new Error('late'));
  await new Promise((resolve) => setImmediate(resolve));
});

test('the steady clock tells the time and does not follow one that is set', () => {
  const { now } = Date;
  expect(Math.abs(steadyNow() - now())).toBeLessThan(60_000);
  Date.now = () => 0;
  expect(steadyNow()).toBeGreaterThan(1e12);
  Date.now = now;
});
