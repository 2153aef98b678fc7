import { expect, test } from 'vitest';
import { countKeeps, falseKeeps } from '../../../../src/domain/noise/false-keeps.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';
import { normals } from '../../../support/normals.js';

const draws = normals(11);
const pairs = Array.from({ length: 400 }, (): [number, number] => {
  const shared = 3 * draws();
  return [shared + draws(), shared + draws()];
});
const rateOf = (acceptance: ReturnType<typeof acceptanceOf>, values = pairs) =>
  falseKeeps({ acceptance, direction: 'minimize', pairs: values, target: 0.05 }, { clones: 2000, seed: 1 });

test('strict keeps every second copy, and that is past any target', () => {
  const found = rateOf(acceptanceOf({ rule: 'strict' }));
  expect(found.rate).toBeGreaterThan(0.46);
  expect(found.rate).toBeLessThan(0.54);
  expect(found).toMatchObject({ holds: false, meanRuns: 1 });
});

test.each([
  acceptanceOf({ rule: 'sprt', repeats: 10 }),
  acceptanceOf({ rule: 'screen+sprt', repeats: 10 }),
  acceptanceOf({ rule: 'paired-t', n: 5 }),
])('$rule keeps no more copies than its alpha', (acceptance) => {
  const found = rateOf(acceptance);
  expect(found.rate).toBeLessThan(0.05 + 3 * Math.sqrt(0.05 / 2000));
  expect(found).toMatchObject({ holds: true, target: 0.05 });
});

test('without noise no rule keeps a copy', () => {
  for (const rule of ['strict', 'confirm', 'sprt', 'intensify'] as const)
    expect(rateOf(acceptanceOf({ rule }), [[4, 4]]).kept).toBe(0);
});

test('the same seed gives the same answer, and the direction does not matter to a copy', () => {
  const acceptance = acceptanceOf({ rule: 'floor' });
  expect(rateOf(acceptance)).toEqual(rateOf(acceptance));
  const other = falseKeeps(
    { acceptance, direction: 'maximize', pairs, target: 0.05 },
    { clones: 2000, seed: 1 },
  );
  expect(Math.abs(other.rate - rateOf(acceptance).rate)).toBeLessThan(0.02);
});

test("a rate is past its target only where Wilson's interval is", () => {
  expect(countKeeps({ kept: 1, clones: 10 }, 0.05)).toMatchObject({ holds: true });
  expect(countKeeps({ kept: 5, clones: 10 }, 0.05)).toMatchObject({ holds: false });
  const [low, high] = countKeeps({ kept: 5, clones: 10 }, 0.05).interval;
  expect(low).toBeCloseTo(0.2366, 3);
  expect(high).toBeCloseTo(0.7634, 3);
  expect(countKeeps({ kept: 0, clones: 0 }, 0.05).interval).toEqual([0, 1]);
});
