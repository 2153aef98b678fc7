import type { EvidenceName } from '../../../../src/contract/evidence.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVIDENCE, logE } from '../../../../src/domain/evidence/evidence.js';
import { keepStep, startTest, type SequentialTest } from '../../../../src/domain/evidence/keep-step.js';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { normals } from '../../../support/normals.js';

const NAMES = Object.keys(EVIDENCE) as EvidenceName[];
const OPTIONS = { sd: 1, delta: 1, tau: 1, bound: 6 };
const testOf = (process: EvidenceName, extra: Partial<SequentialTest> = {}): SequentialTest => ({
  process,
  options: OPTIONS,
  alpha: 0.05,
  beta: 0.2,
  nmax: 60,
  ...extra,
});

const follow = (asked: SequentialTest, d: readonly number[]) => {
  let state = startTest(asked);
  for (const [at, one] of d.entries()) {
    const step = keepStep(asked, state, one);
    if (step.decision !== 'more') return { ...step, used: d.slice(0, at + 1) };
    state = structuredClone(step.state);
  }
  return { state, decision: 'more' as const, logE: 0, used: d };
};

const differences = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { maxLength: 60 });

test.each(NAMES)('%s: a keep has all the evidence that it claims', (name) => {
  fc.assert(
    fc.property(differences, (d) => {
      const { decision, used } = follow(testOf(name), d);
      if (decision === 'keep') expect(logE(name, used, OPTIONS)).toBeGreaterThanOrEqual(Math.log(20) - 1e-9);
    }),
  );
});

test.each(NAMES)('%s: nothing that the incumbent’s clone could give is ever kept', (name) => {
  expect(
    follow(
      testOf(name),
      Array.from({ length: 60 }, () => 0),
    ).decision,
  ).not.toBe('keep');
});

test.each(NAMES)('%s: of 2000 null streams no more than alpha are kept', (name) => {
  const normal = normals('null', name);
  let kept = 0;
  for (let stream = 0; stream < 2000; stream++) {
    const d = Array.from({ length: 60 }, normal);
    if (follow(testOf(name, { beta: null }), d).decision === 'keep') kept++;
  }
  expect(kept / 2000).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / 2000));
});

test('a peeking t-test, for comparison, keeps far more than alpha of null streams', () => {
  const normal = normals('null', 'peeking');
  let kept = 0;
  for (let stream = 0; stream < 500; stream++) {
    let [sum, squares] = [0, 0];
    for (let n = 1; n <= 60; n++) {
      const d = normal();
      sum += d;
      squares += d * d;
      if (n > 4 && sum / n > 1.7 * Math.sqrt((squares - (sum * sum) / n) / (n - 1) / n)) {
        kept++;
        break;
      }
    }
  }
  expect(kept / 500).toBeGreaterThan(0.15);
});

test('a plain gain is kept by every process', () => {
  const gain = Array.from({ length: 60 }, (_, i) => 2 + (i % 2));
  for (const name of NAMES) expect(follow(testOf(name), gain).decision).toBe('keep');
});

test('mz sees a loss as evidence too, and it is no reason to keep', () => {
  const loss = Array.from({ length: 12 }, () => -2);
  expect(logE('mz', loss, OPTIONS)).toBeGreaterThan(Math.log(20));
  expect(follow(testOf('mz', { beta: null, nmax: 12 }), loss).decision).toBe('revert');
});

test('futility gives up early, and only where beta is set', () => {
  const loss = Array.from({ length: 60 }, () => -1);
  expect(follow(testOf('z'), loss).used).toHaveLength(2);
  expect(follow(testOf('z', { beta: null }), loss).used).toHaveLength(60);
  expect(follow(testOf('bet'), loss).used).toHaveLength(2);
});

test('nmax ends a test that nothing else ends', () => {
  const half = Array.from({ length: 60 }, () => 0.5);
  expect(follow(testOf('z', { nmax: 12 }), half)).toMatchObject({ decision: 'revert', used: { length: 12 } });
});

test('the smaller alpha is, the more evidence a keep needs', () => {
  const gain = Array.from({ length: 60 }, () => 1);
  const pairs = (alpha: number) => follow(testOf('z', { alpha }), gain).used.length;
  expect(pairs(0.05)).toBe(6);
  expect(pairs(0.001)).toBe(14);
});

test('without noise one difference decides, and it must reach the smallest effect', () => {
  const exact = testOf('z', { options: { ...OPTIONS, sd: 0, delta: 0.5 } });
  expect(follow(exact, [0.5])).toMatchObject({ decision: 'keep', used: { length: 1 } });
  expect(follow(exact, [0.49]).decision).toBe('revert');
  const any = testOf('z', { options: { ...OPTIONS, sd: 0, delta: 0 } });
  expect(follow(any, [0]).decision).toBe('revert');
  expect(() => follow(exact, [Number.NaN])).toThrow(NotFinite);
});
