import { expect, test } from 'vitest';
import { startShare, unstartable } from '../../../../src/domain/loop/startable.js';

test('no loop starts where half of the runs crash, and one does below that', () => {
  expect(unstartable({ runs: 20, crashes: 0 })).toBeNull();
  expect(unstartable({ runs: 20, crashes: 9 })).toBeNull();
  expect(unstartable({ runs: 20, crashes: 10 })).toMatch(/^the unchanged artifact crashed in 10 of 20 runs/);
});

test('of loops on what crashes every fifth time, four of five start: their first run must go well', () => {
  expect(startShare(0.2, 10)).toBeGreaterThan(0.797);
  expect(startShare(0.2, 10)).toBeLessThanOrEqual(0.8);
  // ok, then two scores before three crashes: at most two crashes in four runs
  expect(startShare(0.2, 3)).toBeCloseTo(0.8 * (0.8 ** 4 + 4 * 0.2 * 0.8 ** 3 + 6 * 0.2 ** 2 * 0.8 ** 2), 10);
  expect(startShare(0.2, 1)).toBeCloseTo(0.8, 12);
  expect(startShare(0, 10)).toBe(1);
});
