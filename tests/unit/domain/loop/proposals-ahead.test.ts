import { expect, test } from 'vitest';
import {
  fewerAhead,
  MOST_AHEAD,
  proposalsAhead,
  usedUpMeanwhile,
} from '../../../../src/domain/loop/proposals-ahead.js';

test('before anything is known, as many as run at a time', () => {
  const unknown = { runSeconds: null, proposeSeconds: null };
  expect(proposalsAhead(4, unknown)).toBe(4);
  expect(usedUpMeanwhile(4, unknown)).toBe(4);
  expect(fewerAhead(4, unknown)).toBe(4);
});

test('a model that takes as long as a run needs more than two proposals a device', () => {
  const mean = { runSeconds: 60, proposeSeconds: 60 };
  expect(usedUpMeanwhile(4, mean)).toBe(4);
  expect(proposalsAhead(4, mean)).toBe(9);
});

test('runs of minutes with a model of seconds need a few, made as late as possible', () => {
  expect(proposalsAhead(1, { runSeconds: 300, proposeSeconds: 20 })).toBe(1);
  expect(proposalsAhead(8, { runSeconds: 300, proposeSeconds: 20 })).toBe(3);
});

test('several devices have more in reserve than the mean: their runs may end together', () => {
  const mean = { runSeconds: 315, proposeSeconds: 62.5 };
  expect(usedUpMeanwhile(3, mean)).toBeLessThan(1);
  expect(proposalsAhead(3, mean)).toBe(4);
  expect(fewerAhead(3, mean)).toBe(2);
});

test('a model much slower than the runs is asked so many times the concurrency at most', () => {
  expect(proposalsAhead(2, { runSeconds: 1, proposeSeconds: 60 })).toBe(2 * MOST_AHEAD);
  expect(fewerAhead(2, { runSeconds: 1, proposeSeconds: 60 })).toBe(8);
});

test('a loop that began before chance was reckoned with goes on with what it had', () => {
  expect(fewerAhead(4, { runSeconds: 0.5, proposeSeconds: 0.5 })).toBe(6);
  expect(fewerAhead(8, { runSeconds: 300, proposeSeconds: 20 })).toBe(3);
});
