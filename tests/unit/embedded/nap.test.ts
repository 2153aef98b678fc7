import { expect, test } from 'vitest';
import { Nap } from '../../../src/embedded/nap.js';

test('a poke ends a long nap', async () => {
  const nap = new Nap();
  const taken = nap.take(3_600_000);
  nap.poke();
  await taken;
});

test('a poke between two naps is not lost', async () => {
  const nap = new Nap();
  nap.poke();
  await nap.take(3_600_000);
});

test('a poke ends one nap, not the next', async () => {
  const nap = new Nap();
  nap.poke();
  await nap.take(3_600_000);
  const second = nap.take(20).then(() => 'slept');
  expect(await Promise.race([second, Promise.resolve('awake')])).toBe('awake');
  expect(await second).toBe('slept');
});
