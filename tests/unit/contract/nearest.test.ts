import { expect, test } from 'vitest';
import { didYouMean, distance, nearest } from '../../../src/contract/nearest.js';

test('a swap of neighbours counts as one edit', () => {
  expect(distance('stauts', 'status')).toBe(1);
  expect(distance('abc', 'abc')).toBe(0);
  expect(distance('', 'abc')).toBe(3);
  expect(distance('kitten', 'sitting')).toBe(3);
});

test('the nearest known word is found, whatever its case', () => {
  expect(nearest('Stats', ['start', 'status', 'stop'])).toBe('status');
  expect(nearest('budgt', ['budget', 'run'])).toBe('budget');
});

test('nothing is suggested when nothing is near', () => {
  expect(nearest('frobnicate', ['status', 'stop'])).toBeNull();
  expect(didYouMean('frobnicate', ['status'])).toBe('');
});
