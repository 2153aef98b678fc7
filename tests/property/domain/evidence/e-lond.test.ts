import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eLondAlpha, gamma, neverAlpha } from '../../../../src/domain/evidence/e-lond.js';
import { random } from '../../../../src/domain/random.js';
import { normals } from '../../../support/normals.js';

test('without keeps all levels together, for ever, spend no more than alpha', () => {
  const upTo = 100_000;
  let spent = 0;
  for (let tests = 0; tests < upTo; tests++) spent += eLondAlpha(0.1, { tests, keeps: 0 });
  // the rest of the series is at most the integral 1 / (2.11 ln x)
  expect(spent + 0.1 / (2.11 * Math.log(upTo + 1))).toBeLessThanOrEqual(0.1);
  expect(spent).toBeGreaterThan(0.09);
});

test('the order of candidates that are all reverted changes no level', () => {
  const strengths = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(strengths, fc.nat(), (eValues, turn) => {
      const levels = (order: readonly number[]) => {
        let keeps = 0;
        return order.map((e, tests) => {
          const alpha = eLondAlpha(0.1, { tests, keeps });
          if (e >= 1 / alpha) keeps++;
          return alpha;
        });
      };
      const cut = turn % eValues.length;
      const turned = levels([...eValues.slice(cut), ...eValues.slice(0, cut)]);
      expect(turned).toEqual(levels(eValues));
      expect(turned.reduce((sum, alpha) => sum + alpha, 0)).toBeLessThanOrEqual(0.1);
    }),
  );
});

test('each keep buys the next tests a wider level, which never passes 1', () => {
  expect(eLondAlpha(0.1, { tests: 3, keeps: 2 })).toBeCloseTo(
    3 * eLondAlpha(0.1, { tests: 3, keeps: 0 }),
    14,
  );
  expect(eLondAlpha(0.5, { tests: 0, keeps: 99 })).toBe(1);
  expect(gamma(1)).toBeCloseTo(1 / (2.11 * 2 * Math.log(2) ** 2), 14);
});

test('the share of false keeps stays below alpha where nine of ten candidates are worthless', () => {
  const normal = normals('e-lond');
  const uniform = random('e-lond', 'uniform');
  let shares = 0;
  for (let loop = 0; loop < 400; loop++) {
    let [keeps, wrong] = [0, 0];
    for (let tests = 0; tests < 60; tests++) {
      const effect = uniform.next() < 0.1 ? 1.5 : 0;
      let logE = 0;
      for (let n = 0; n < 12; n++) logE += effect + normal() - 0.5;
      if (logE < -Math.log(eLondAlpha(0.1, { tests, keeps }))) continue;
      keeps++;
      if (effect === 0) wrong++;
    }
    shares += keeps === 0 ? 0 : wrong / keeps;
  }
  expect(shares / 400).toBeLessThan(0.1);
});

test('one worthless change that is tried again and again, some of its promotions refused, stays below alpha too', () => {
  const normal = normals('e-lond again');
  const uniform = random('e-lond again', 'uniform');
  const loops = 2000;
  let [everKept, won] = [0, 0];
  for (let loop = 0; loop < loops; loop++) {
    let keeps = 0;
    for (let tests = 0; tests < 200; tests++) {
      let logE = 0;
      let best = 0;
      for (let n = 0; n < 12; n++) best = Math.max(best, (logE += normal() - 0.5));
      if (best < -Math.log(eLondAlpha(0.1, { tests, keeps }))) continue;
      won++;
      // a guard, a person or the steward says no: the test stays used, and buys nothing
      if (uniform.next() < 0.3) continue;
      keeps++;
    }
    // none of them is an improvement: once there is one, all of this loop's share is false
    if (keeps > 0) everKept++;
  }
  expect(won).toBeGreaterThan(0);
  expect(everKept / loops).toBeLessThan(0.1);
});

test('"no false keep ever" spends alpha and not more', () => {
  let spent = 0;
  for (let tests = 0; tests < 10_000; tests++) spent += neverAlpha(0.05, { tests });
  expect(spent).toBeCloseTo(0.05 * (1 - 1 / 10_001), 12);
});
