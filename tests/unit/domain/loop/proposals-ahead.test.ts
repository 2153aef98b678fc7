import { expect, test } from 'vitest';
import { proposalsAhead } from '../../../../src/domain/loop/proposals-ahead.js';

test('before anything is known, as many as run at a time', () => {
  expect(proposalsAhead(4, { runSeconds: null, proposeSeconds: null })).toBe(4);
});

test('a model that takes as long as a run needs more than one proposal a device', () => {
  expect(proposalsAhead(4, { runSeconds: 0.5, proposeSeconds: 0.5 })).toBe(6);
});

test('runs of minutes with a model of seconds need one or two, made as late as possible', () => {
  expect(proposalsAhead(1, { runSeconds: 300, proposeSeconds: 20 })).toBe(2);
  expect(proposalsAhead(8, { runSeconds: 300, proposeSeconds: 20 })).toBe(3);
});

test('a model much slower than the runs is asked four times the concurrency at most', () => {
  expect(proposalsAhead(2, { runSeconds: 1, proposeSeconds: 60 })).toBe(8);
});
