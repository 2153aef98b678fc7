import { expect, test } from 'vitest';
import { symmetryLogE } from '../../../../src/domain/ablation/symmetry-evidence.js';

const mixed = (of: (g: number) => number): number => [0.5, 1, 2, 4].reduce((sum, g) => sum + of(g), 0) / 4;

test('one difference says nothing, and neither do none or ties alone', () => {
  for (const d of [[], [0, 0, 0], [0.3], [-2]]) expect(Math.exp(symmetryLogE(d))).toBeCloseTo(1, 12);
});

test('two and three that agree are worth what the formula gives in closed form', () => {
  // cosh 2g / cosh² g and cosh 3g / cosh³ g
  expect(Math.exp(symmetryLogE([5, 5]))).toBeCloseTo(
    mixed((g) => Math.cosh(2 * g) / Math.cosh(g) ** 2),
    12,
  );
  expect(Math.exp(symmetryLogE([1, 1, 1]))).toBeCloseTo(
    mixed((g) => Math.cosh(3 * g) / Math.cosh(g) ** 3),
    12,
  );
  // one against one: 1 / cosh² g
  expect(Math.exp(symmetryLogE([1, -1]))).toBeCloseTo(
    mixed((g) => 1 / Math.cosh(g) ** 2),
    12,
  );
});

test('hundreds of differences do not overflow', () => {
  const logE = symmetryLogE(Array.from({ length: 900 }, () => 1e-9));
  expect(logE).toBeGreaterThan(600);
  expect(logE).toBeLessThan(900 * Math.LN2);
});
