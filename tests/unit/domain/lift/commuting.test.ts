import { expect, test } from 'vitest';
import { budgetSquareHolds, type Claim, claimSquare } from '../../../../src/domain/lift/commuting.js';
import { spearman } from '../../../../src/domain/lift/rank-correlation.js';
import { draws, times } from '../../../support/draws.js';

const { normal } = draws('square');
const around = (mean: number, sd = 0.05): number[] => times(48, () => mean + sd * normal());

test('the budget square holds where lifting is no worse than spending the same below', () => {
  expect(budgetSquareHolds(around(0.1))).toBe(true);
  expect(budgetSquareHolds(around(0, 0.01))).toBe(true);
  expect(budgetSquareHolds(around(-0.05))).toBe(false);
  expect(budgetSquareHolds(around(0, 1))).toBe(false);
  expect(budgetSquareHolds([Number.NaN])).toBe(false);
});

test('ranks correlate, ties share theirs', () => {
  expect(spearman([1, 2, 3, 4], [1, 8, 27, 64])).toBeCloseTo(1, 12);
  expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
  expect(spearman([1, 1], [1, 2])).toBeNaN();
});

const claims = (n: number, make: (i: number) => Claim): Claim[] => times(n, make);
const honest = claims(8, (i) => ({ claimed: 0.1 + 0.01 * i, heldOut: 0.08 + 0.01 * i }));

test('claims that project commute', () => {
  const square = claimSquare(honest);
  expect(square).toMatchObject({ lifts: 8, signAgreement: 1, commutes: true });
  expect(square.rho).toBeCloseTo(1, 12);
  expect(square.kappa).toBeCloseTo(0.02 / 0.135, 12);
});

test('too few lifts, other signs, or claims that are mostly air don’t commute', () => {
  expect(claimSquare(honest.slice(1)).commutes).toBe(false);
  const signs = honest.map((one, i) => (i < 3 ? { ...one, heldOut: -0.001 } : one));
  expect(claimSquare(signs)).toMatchObject({ signAgreement: 5 / 8, commutes: false });
  expect(claimSquare(signs).kappa).toBeLessThan(1);
  const air = claims(8, () => ({ claimed: 0.05, heldOut: 0.2 }));
  expect(claimSquare(air)).toMatchObject({ signAgreement: 1, commutes: false });
  expect(claimSquare([]).commutes).toBe(false);
});
