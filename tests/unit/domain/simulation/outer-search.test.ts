import { expect, test } from 'vitest';
import { searchOuter } from '../../../../src/domain/simulation/outer-search.js';

test('24 candidates take 47 of 48 meta-evaluations: all once, then the better half again', () => {
  const rounds: number[] = [];
  const { order, spent } = searchOuter(24, (candidate, round) => {
    rounds[round] = (rounds[round] ?? 0) + 1;
    return candidate;
  });
  expect(rounds).toEqual([24, 12, 6, 3, 2]);
  expect(spent).toBe(47);
  expect(order).toEqual(Array.from({ length: 24 }, (_, i) => 23 - i));
});

test('it stops where the budget does not pay for a whole round', () => {
  expect(searchOuter(24, () => 0, 30).spent).toBe(24);
});
