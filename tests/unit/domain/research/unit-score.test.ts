import { expect, test } from 'vitest';
import { childScore } from '../../../../src/domain/research/child-score.js';
import { freshMean, unitScore } from '../../../../src/domain/research/unit-score.js';
import type { LoopResult } from '../../../../src/contract/loop.js';

const ends = (incumbent: number | null, base = 10, target = 0) => unitScore({ incumbent, base, target });

test('u is 0 at the base and 1 at the target, whichever way is better', () => {
  expect(ends(10)).toBe(0);
  expect(ends(0)).toBe(1);
  expect(ends(5)).toBe(0.5);
  expect(ends(5, 0, 10)).toBe(0.5);
});

test('u is clipped, so that one task cannot carry all the others', () => {
  expect(ends(-1e9)).toBe(1.5);
  expect(ends(1e9)).toBe(-1);
});

test('an artifact that fails on fresh runs is worth the least', () => {
  expect(ends(null)).toBe(-1);
  expect(ends(Number.NaN)).toBe(-1);
  expect(freshMean([1, null, 3])).toBeNull();
  expect(freshMean([1, 3])).toBe(2);
});

test('a task whose baseline is its target can only be lost', () => {
  expect(ends(3, 3, 3)).toBe(0);
  expect(ends(4, 3, 3)).toBe(-1);
});

const result = (more: Partial<LoopResult>): LoopResult => ({
  loop: 'a',
  stopped: 'budget spent: 3 experiments',
  incumbent: { experiment: 2, commit: 'c', branchCommit: 'c', value: 1, n: 1 },
  baseline: { value: 10, n: 1 },
  spent: { experiments: 3, deviceSeconds: 3, dollars: 0, tokens: 0 },
  outcomes: {},
  ...more,
});

test('a loop that kept nothing scores 0, whatever its baseline drew', () => {
  const nothing = result({ incumbent: { experiment: 0, commit: 'c', branchCommit: 'c', value: 10, n: 1 } });
  expect(childScore(nothing, { target: 0, base: 20 })).toBe(0);
});

test('what a loop says of its best is not believed where it was run anew', () => {
  const lucky = result({ rescored: { incumbent: [8, 6], baseline: [10, 12] } });
  expect(childScore(lucky, { target: 1, base: null })).toBeCloseTo((11 - 7) / 10, 12);
  expect(childScore(result({}), { target: 0, base: null })).toBe(0.9);
});
