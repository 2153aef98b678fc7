import type { EvidenceName } from '../../../../src/contract/evidence.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVIDENCE, logE } from '../../../../src/domain/evidence/evidence.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { STAKES } from '../../../../src/domain/evidence/stakes.js';

const NAMES = Object.keys(EVIDENCE) as EvidenceName[];
const OPTIONS = { sd: 1.3, delta: 0.7, tau: 0.9, bound: 5 };
const difference = fc.double({ min: -5, max: 5, noNaN: true }).map((d) => Math.round(d * 1e6) / 1e6);
const differences = fc.array(difference, { maxLength: 40 });
const sum = (d: readonly number[]): number => d.reduce((total, x) => total + x, 0);
const squares = (d: readonly number[]): number => sum(d.map((x) => x * x));
const meanOf = (values: readonly number[]): number => sum(values) / values.length;
const product = (values: readonly number[]): number => values.reduce((total, x) => total * x, 1);

/** Each process as the specification prints it, on all differences at once. */
const PRINTED: Record<Exclude<EvidenceName, 't'>, (d: readonly number[]) => number> = {
  z: (d) => sum(d.map((x) => (OPTIONS.delta * x - OPTIONS.delta ** 2 / 2) / OPTIONS.sd ** 2)),
  mz: (d) => {
    const [s2, t2, n, S] = [OPTIONS.sd ** 2, OPTIONS.tau ** 2, d.length, sum(d)];
    return -0.5 * Math.log(1 + (n * t2) / s2) + (S * S * t2) / (2 * s2 * (s2 + n * t2));
  },
  bet: (d) => Math.log(meanOf(STAKES.map((l) => product(d.map((x) => 1 + (l * x) / OPTIONS.bound))))),
  sign: (d) => Math.log(meanOf(STAKES.map((l) => product(d.map((x) => 1 + l * Math.sign(x)))))),
};

/** n! 2^(k/2) Gamma((n + k) / 2) / Gamma(n / 2) from the moments of a chi variable: E[chi^k], by its recurrence. */
const chiMoments = (n: number, count: number): number[] => {
  let root = n % 2 === 0 ? Math.sqrt(Math.PI / 2) : Math.sqrt(2 / Math.PI);
  for (let m = n % 2 === 0 ? 2 : 1; m < n; m += 2) root *= (m + 1) / m;
  const moments = [1, root];
  for (let k = 2; k < count; k++) moments.push((moments[k - 2] ?? 0) * (n + k - 2));
  return moments;
};

const printedT = (d: readonly number[]): number => {
  const [n, r] = [d.length, sum(d) / Math.sqrt(squares(d))];
  const series = (g: number): number => {
    let [power, total] = [1, 0];
    chiMoments(n, 140).forEach((moment, k) => {
      if (k > 0) power *= (g * r) / k;
      total += power * moment;
    });
    return Math.exp((-n * g * g) / 2) * total;
  };
  return Math.log(meanOf([0.5, 1, 2, 4].map(series)));
};

test.each(['z', 'mz', 'bet', 'sign'] as const)('%s folded one by one is the printed formula', (name) => {
  fc.assert(
    fc.property(differences, (d) => {
      expect(logE(name, d, OPTIONS)).toBeCloseTo(PRINTED[name](d), 8);
    }),
  );
});

test('t is the printed series where the series can be summed', () => {
  const few = fc.array(fc.double({ min: -1, max: 5, noNaN: true }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(few, (d) => {
      fc.pre(squares(d) > 1e-6 && sum(d) > 0);
      expect(logE('t', d, OPTIONS)).toBeCloseTo(printedT(d), 8);
    }),
  );
});

test.each(NAMES)('%s doesn’t care for the order of the differences', (name) => {
  fc.assert(
    fc.property(differences, fc.infiniteStream(fc.nat()), (d, keys) => {
      const order = d.map((x) => ({ x, key: keys.next().value as number }));
      const shuffled = order.sort((a, b) => a.key - b.key).map(({ x }) => x);
      expect(logE(name, shuffled, OPTIONS)).toBeCloseTo(logE(name, d, OPTIONS), 7);
    }),
  );
});

test.each(['z', 'bet', 'sign'] as const)('%s never falls when a difference gets better', (name) => {
  fc.assert(
    fc.property(fc.array(difference, { minLength: 1 }), fc.nat(), difference, (d, at, rise) => {
      const better = d.map((x, i) => (i === at % d.length ? x + Math.abs(rise) : x));
      expect(logE(name, better, OPTIONS)).toBeGreaterThanOrEqual(logE(name, d, OPTIONS) - 1e-9);
    }),
  );
});

test('t doesn’t care for the unit of the differences', () => {
  fc.assert(
    fc.property(differences, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (d, unit) => {
      fc.pre(squares(d) > 1e-6);
      const scaled = d.map((x) => x * unit);
      expect(logE('t', scaled, OPTIONS)).toBeCloseTo(logE('t', d, OPTIONS), 6);
    }),
  );
});

test('z and mz don’t care for the unit in which differences, sd and effect are given', () => {
  fc.assert(
    fc.property(differences, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (d, unit) => {
      const options = { sd: 1.3 * unit, delta: 0.7 * unit, tau: 0.9 * unit, bound: 5 * unit };
      const scaled = d.map((x) => x * unit);
      for (const name of ['z', 'mz', 'bet'] as const) {
        expect(logE(name, scaled, options)).toBeCloseTo(logE(name, d, OPTIONS), 6);
      }
    }),
  );
});

describe('edges', () => {
  test.each(NAMES)('%s: no differences are no evidence', (name) => {
    expect(logE(name, [], OPTIONS)).toBeCloseTo(0, 12);
  });

  test('t says nothing of one difference', () => {
    expect(logE('t', [4], OPTIONS)).toBe(0);
  });

  test.each(['bet', 'sign', 't'] as const)('%s: ties only are no evidence', (name) => {
    expect(logE(name, [0, 0, 0, 0], OPTIONS)).toBeCloseTo(0, 12);
  });

  test.each(NAMES)('%s: what is no number is an error with a type, not a decision', (name) => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => logE(name, [1, bad], OPTIONS)).toThrow(NotFinite);
    }
  });

  test.each([
    ['z', { sd: 0 }],
    ['z', { delta: 0 }],
    ['mz', { sd: -1 }],
    ['mz', { tau: 0 }],
    ['bet', { bound: 0 }],
  ] as const)('%s: a scale of %o is an error', (name, wrong) => {
    expect(() => logE(name, [1], { ...OPTIONS, ...wrong })).toThrow(NotFinite);
  });

  test('a loss past the bound takes all of a bet, a gain past it counts as the bound', () => {
    expect(logE('bet', [-5.01, 5, 5, 5, 5], OPTIONS)).toBe(Number.NEGATIVE_INFINITY);
    expect(logE('bet', [50], OPTIONS)).toBe(logE('bet', [5], OPTIONS));
    expect(logE('bet', [-5], OPTIONS)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
  });

  test('t stays finite and right for ten thousand differences of any size', () => {
    const one = (r: number) => EVIDENCE.t.logE({ kind: 'sums', n: 10_000, sum: r, squares: 1 }, OPTIONS);
    const values = [-100, -50, -1, 0, 1, 50, 100].map(one);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    // all equal: the best of the four effects, g = 4, gives 0.5 ln terms beside n (g sqrt(2 + …)) …; pinned by Laplace
    expect(one(100)).toBeCloseTo(19156.5901 - Math.log(4), 2);
  });
});

/** P(sup over n <= 60 of logE >= ln 20) for differences of two values, exactly: by the number of high ones so far. */
const everReached = (name: EvidenceName, source: { low: number; high: number; p: number }): number => {
  const { low, high, p } = source;
  const options = { sd: 3, delta: 3, tau: 3, bound: 12 };
  let [alive, reached] = [[1], 0];
  for (let n = 1; n <= 60; n++) {
    const next = Array.from({ length: n + 1 }, (_, k) => (alive[k] ?? 0) * (1 - p) + (alive[k - 1] ?? 0) * p);
    alive = next.map((chance, k) => {
      const [total, squared] = [high * k + low * (n - k), high ** 2 * k + low ** 2 * (n - k)];
      const strength = EVIDENCE[name].logE({ kind: 'sums', n, sum: total, squares: squared }, options);
      if (strength < Math.log(20) - 1e-9) return chance;
      reached += chance;
      return 0;
    });
  }
  return reached;
};

test('two-point streams reach evidence of 20 exactly as often as a sum over all paths says', () => {
  const jackpot = { low: -1, high: 9, p: 0.1 };
  const catastrophe = { low: -9, high: 1, p: 0.9 };
  expect(everReached('t', jackpot)).toBeCloseTo(0.0012, 4);
  expect(everReached('z', jackpot)).toBeCloseTo(0.0855, 3);
  expect(everReached('t', catastrophe)).toBeCloseTo(0.733, 3);
  expect(everReached('z', catastrophe)).toBeCloseTo(0, 6);
});
