import { setInterval } from 'node:timers';
import { expect, test } from 'vitest';
import { createSelfTest } from '../../../src/activities/self-test.js';
import { selfTest } from '../../../src/domain/noise/self-test.js';
import { acceptanceOf } from '../../support/recorded-loop.js';

const world = {
  acceptance: acceptanceOf({ rule: 'race', arms: 8, nmax: 100 }),
  direction: 'minimize',
  values: [5.1, 4.9, 5.03, 4.95, 5.2],
  seed: 3,
} as const;

test('the test says what it says in one go, and lets the worker do its other work meanwhile', async () => {
  let turns = 0;
  const other = setInterval(() => turns++, 0);
  const tested = await createSelfTest()(world);
  clearInterval(other);
  expect(tested).toEqual(selfTest(world));
  expect(turns).toBeGreaterThan(0);
});
