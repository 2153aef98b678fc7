import { expect, test } from 'vitest';
import type { RunStatus } from '../../../../src/contract/outcome.js';
import { anotherRepeat } from '../../../../src/domain/loop/another-repeat.js';

/** Runs with these values; a word is how one without a value ended. */
const runs = (...values: (number | RunStatus)[]) =>
  values.map((value) =>
    typeof value === 'number'
      ? { status: 'ok' as const, value }
      : { status: value, value: value === 'tampered' ? 4 : null },
  );

test('three runs of one value show that there is no noise; one that differs asks for all', () => {
  expect(anotherRepeat(runs(4, 4), 10)).toBe(true);
  expect(anotherRepeat(runs(4, 4, 4), 10)).toBe(false);
  expect(anotherRepeat(runs(4, 4, 4), 10, { exactly: true })).toBe(true);
  expect(anotherRepeat(runs(4, 4, 5), 10)).toBe(true);
  expect(anotherRepeat(runs(4, 5, 4, 4, 4, 4, 4, 4, 4, 4), 10)).toBe(false);
});

test('a rule that wants few runs gets no more', () => {
  expect(anotherRepeat(runs(4), 1)).toBe(false);
});

test('a later run that crashes is made up for, and crashes are neither noise nor agreement', () => {
  expect(anotherRepeat(runs(4, 'crash', 5), 3)).toBe(true);
  expect(anotherRepeat(runs(4, 'crash', 5, 6), 3)).toBe(false);
  expect(anotherRepeat(runs(4, 'crash', 'timeout'), 10)).toBe(true);
  expect(anotherRepeat(runs(4, 'crash', 4, 4), 10)).toBe(false);
});

test('a first run that crashes, one that cheats, and as many crashes as scores were wanted end it', () => {
  expect(anotherRepeat(runs('crash'), 10)).toBe(false);
  expect(anotherRepeat(runs(4, 'tampered'), 10)).toBe(false);
  expect(anotherRepeat(runs(4, 'crash', 'crash', 5, 'crash'), 4)).toBe(true);
  expect(anotherRepeat(runs(4, 'crash', 'crash', 5, 'crash'), 3)).toBe(false);
});
