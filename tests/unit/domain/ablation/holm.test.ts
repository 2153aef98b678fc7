import { expect, test } from 'vitest';
import { holm } from '../../../../src/domain/ablation/holm.js';

test('four p-values of a textbook come out as they do there', () => {
  const expected = [0.03, 0.06, 0.06, 0.02];
  for (const [index, p] of holm([0.01, 0.04, 0.03, 0.005]).entries())
    expect(p).toBeCloseTo(expected[index] ?? 0, 12);
});

test('ten p-values agree with the reference implementation of R', () => {
  const p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324];
  const expected = [0.001, 0.0036, 0.0152, 0.0665, 0.1206, 0.139, 0.139, 0.139, 0.139, 0.324];
  for (const [index, one] of holm(p).entries()) expect(one).toBeCloseTo(expected[index] ?? 0, 10);
});

test('none are corrected to none, one stays as it is, and nothing passes 1', () => {
  expect(holm([])).toEqual([]);
  expect(holm([0.03])).toEqual([0.03]);
  expect(holm([0.9, 0.8])).toEqual([1, 1]);
});
