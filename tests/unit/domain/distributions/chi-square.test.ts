import { expect, test } from 'vitest';
import { chiSquareCdf } from '../../../../src/domain/distributions/chi-square.js';

test.each([
  [3.841458821, 1, 0.95],
  [1.386294361, 2, 0.5],
  [18.307038053, 10, 0.95],
  [39.33534485, 40, 0.5],
  [124.3421134, 100, 0.95],
])('chi-square: P(X <= %f) with %i degrees of freedom is %f', (x, df, p) => {
  expect(chiSquareCdf(x, df)).toBeCloseTo(p, 6);
});

test('chi-square has an end on both sides', () => {
  expect([chiSquareCdf(-1, 3), chiSquareCdf(0, 3), chiSquareCdf(1e12, 3)]).toEqual([0, 0, 1]);
});
