import { expect, test } from 'vitest';
import { interquartileMean } from '../../../../src/domain/ablation/interquartile-mean.js';

test('twelve and nine values of the usual examples come out as they do there', () => {
  expect(interquartileMean([5, 8, 4, 38, 8, 6, 9, 7, 7, 3, 1, 6])).toBeCloseTo(6.5, 12);
  // a quarter of nine is 2¼: of 5 and 13 three quarters each are inside
  expect(interquartileMean([1, 3, 5, 7, 9, 11, 13, 15, 17])).toBeCloseTo(9, 12);
  expect(interquartileMean([1, 2, 3, 4, 100])).toBeCloseTo((0.75 * 2 + 3 + 0.75 * 4) / 2.5, 12);
});

test('one and two values are their mean, and none has none', () => {
  expect(interquartileMean([0.4])).toBe(0.4);
  expect(interquartileMean([1, 4])).toBe(2.5);
  expect(interquartileMean([])).toBeNaN();
});

test('an outlier of a quarter of the loops moves nothing', () => {
  expect(interquartileMean([1, 1, 1, -90])).toBe(1);
});
