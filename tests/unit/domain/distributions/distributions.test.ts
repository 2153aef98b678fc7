import { expect, test } from 'vitest';
import { fisherCdf } from '../../../../src/domain/distributions/fisher-f.js';
import { incompleteBeta } from '../../../../src/domain/distributions/incomplete-beta.js';
import { logChiTransform } from '../../../../src/domain/distributions/log-chi-transform.js';
import { logGamma } from '../../../../src/domain/distributions/log-gamma.js';
import { normalCdf, normalQuantile } from '../../../../src/domain/distributions/normal.js';
import { studentCdf, studentQuantile } from '../../../../src/domain/distributions/student-t.js';

test('ln Gamma is right at small, half and large arguments', () => {
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 14);
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 13);
  expect(logGamma(171)).toBeCloseTo(706.573_062_245_787_5, 10);
});

test('normal probabilities and quantiles are those of the tables', () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1.959_963_984_540_054)).toBeCloseTo(0.975, 14);
  expect(normalCdf(-6) / 9.865_876_450_376_946e-10).toBeCloseTo(1, 9);
  expect(normalCdf(6)).toBeCloseTo(1, 8);
  expect(normalQuantile(0.95)).toBeCloseTo(1.644_853_626_951_472, 11);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361_340_902_404_056, 8);
  expect(() => normalQuantile(1)).toThrow(RangeError);
});

test('Student’s quantiles are those of the tables', () => {
  expect(studentQuantile(0.95, 1)).toBeCloseTo(6.313_751_514_675_04, 9);
  expect(studentQuantile(0.95, 4)).toBeCloseTo(2.131_846_786_326_649, 10);
  expect(studentQuantile(0.975, 30)).toBeCloseTo(2.042_272_456_301_238, 10);
  expect(studentQuantile(0.05, 4)).toBeCloseTo(-2.131_846_786_326_649, 10);
  expect(studentQuantile(0.5, 7)).toBe(0);
  expect(studentCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
  expect(studentCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
});

test('Fisher’s F is that of the tables, and t squared has one and n degrees of freedom', () => {
  expect(fisherCdf(3.478_049_690_765_229, 4, 10)).toBeCloseTo(0.95, 10);
  expect(fisherCdf(2.131_846_786_326_649 ** 2, 1, 4)).toBeCloseTo(0.9, 10);
  expect(fisherCdf(0, 3, 3)).toBe(0);
  expect(fisherCdf(Number.POSITIVE_INFINITY, 3, 3)).toBe(1);
});

test('the incomplete beta function meets its own mirror and its ends', () => {
  expect(incompleteBeta(0, 2, 3)).toBe(0);
  expect(incompleteBeta(1, 2, 3)).toBe(1);
  expect(incompleteBeta(0.3, 2, 3)).toBeCloseTo(0.3483, 10);
  expect(incompleteBeta(0.3, 2, 3) + incompleteBeta(0.7, 3, 2)).toBeCloseTo(1, 13);
});

test('the transform of chi with two degrees of freedom is Rayleigh’s, in closed form', () => {
  for (const a of [-3, -1, 0, 0.5, 2]) {
    const closed = 1 + a * Math.exp((a * a) / 2) * Math.sqrt(Math.PI / 2) * (1 + (2 * normalCdf(a) - 1));
    expect(logChiTransform(2, a)).toBeCloseTo(Math.log(closed), 9);
  }
});

test('the transform of chi loses no digits where its series alternates', () => {
  const spread = (n: number, a: number): number => {
    let total = 0;
    for (let i = 1; i < 400_000; i++) {
      const x = i / 10_000;
      total += Math.exp(a * x + (n - 1) * Math.log(x) - (x * x) / 2) / 10_000;
    }
    return Math.log(total) - (n / 2 - 1) * Math.LN2 - logGamma(n / 2);
  };
  for (const n of [2, 7, 60]) expect(logChiTransform(n, -6)).toBeCloseTo(spread(n, -6), 6);
  expect(logChiTransform(200, -3)).toBeCloseTo(spread(200, -3), 6);
});
