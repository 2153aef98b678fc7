import { expect, test } from 'vitest';
import { normalDraw } from '../../../../src/domain/distributions/normal-draw.js';
import { guardedStep } from '../../../../src/domain/evidence/guarded-step.js';
import { keepStep, startTest, type SequentialTest } from '../../../../src/domain/evidence/keep-step.js';
import { smallestSeen } from '../../../../src/domain/noise/smallest-seen.js';
import { random } from '../../../../src/domain/random.js';

const withPairs = (nmax: number, more: Partial<SequentialTest> = {}): SequentialTest => ({
  process: 'z',
  options: { sd: 1, delta: 0.5, tau: 0.5, bound: 4 },
  alpha: 0.05,
  beta: 0.2,
  nmax,
  ...more,
});

/** The test played again on other draws than those by which the gain was found. */
const power = (sequential: SequentialTest, gain: number, guarded = false): number => {
  const alone = { ...sequential, before: { squares: 0, df: 0 } };
  const draws = random('other draws');
  const seen = Array.from({ length: 2000 }, () => {
    let state = startTest(sequential);
    for (;;) {
      const d = gain + normalDraw(draws);
      const step = guarded ? guardedStep(alone, state, d) : keepStep(sequential, state, d);
      if (step.decision !== 'more') return step.decision === 'keep';
      state = step.state;
    }
  });
  return seen.filter(Boolean).length / seen.length;
};

test.each([
  ['z', 10],
  ['z', 40],
  ['t', 20],
  ['bet', 40],
] as const)('what is said to be seen by %s in %d pairs is seen in four tests of five', (process, pairs) => {
  const asked = withPairs(pairs, { process });
  const gain = smallestSeen({ test: asked, guarded: false, sd: 1, failing: 0, power: 0.8 });
  expect(power(asked, gain ?? 0)).toBeGreaterThan(0.74);
  expect(power(asked, gain ?? 0)).toBeLessThan(0.86);
});

test('a test that looks for half a deviation sees no less than about that, however many pairs it has', () => {
  const gain = (pairs: number) =>
    smallestSeen({ test: withPairs(pairs), guarded: false, sd: 1, failing: 0, power: 0.8 }) ?? 0;
  expect(gain(10)).toBeGreaterThan(gain(40));
  expect(gain(400)).toBeGreaterThan(0.3);
});

test('the noise is its unit', () => {
  const noisy = withPairs(20, { options: { sd: 3, delta: 1.5, tau: 1.5, bound: 12 } });
  const one = smallestSeen({ test: withPairs(20), guarded: false, sd: 1, failing: 0, power: 0.8 }) ?? 0;
  expect(smallestSeen({ test: noisy, guarded: false, sd: 3, failing: 0, power: 0.8 })).toBeCloseTo(
    3 * one,
    9,
  );
});

test('runs that fail hide gains, and a single pair of a bet shows none at all', () => {
  const bet = (nmax: number, failing: number) =>
    smallestSeen({ test: withPairs(nmax, { process: 'bet' }), guarded: false, sd: 1, failing, power: 0.8 });
  expect(bet(40, 0.1) ?? Infinity).toBeGreaterThan(bet(40, 0) ?? 0);
  expect(bet(1, 0)).toBeNull();
});

test.each(['z', 'mz'] as const)(
  'what a guarded promotion by %s is said to see is what it sees',
  (process) => {
    const asked = withPairs(6, { process });
    const view = { test: asked, sd: 1, failing: 0, power: 0.8 };
    const gain = smallestSeen({ ...view, guarded: true }) ?? 0;
    expect(power(asked, gain, true)).toBeGreaterThan(0.74);
    expect(power(asked, gain, true)).toBeLessThan(0.86);
    // what the test alone would see is seen by fewer promotions than was said
    const plain = smallestSeen({ ...view, guarded: false }) ?? 0;
    expect(gain).toBeGreaterThan(plain);
  },
);

test('a promotion of fewer pairs than its guard wants sees nothing', () => {
  const view = { test: withPairs(2), sd: 1, failing: 0, power: 0.8 };
  expect(smallestSeen({ ...view, guarded: true })).toBeNull();
  expect(smallestSeen({ ...view, guarded: false })).not.toBeNull();
});
