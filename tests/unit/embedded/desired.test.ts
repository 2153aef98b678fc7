import { expect, test } from 'vitest';
import { grow, most } from '../../../src/embedded/desired.js';

test('enough devices stay as they are', () => {
  expect(grow([4], 4)).toEqual([4]);
  expect(grow([2, 16], 8)).toEqual([2, 16]);
});

test('too few devices get one worker more that serves them all', () => {
  expect(grow([2], 16)).toEqual([2, 16]);
  expect(most(grow([2], 16))).toBe(16);
});
