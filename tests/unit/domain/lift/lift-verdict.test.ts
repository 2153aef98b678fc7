import { expect, test } from 'vitest';
import { liftRun } from '../../../../src/domain/lift/lift-run.js';
import {
  judgedLift,
  LIFT_STEPS,
  liftVerdict,
  type LiftVerdict,
} from '../../../../src/domain/lift/lift-verdict.js';
import { type LiftOptions, towerAlpha } from '../../../../src/domain/lift/lift-options.js';
import { smallestLift, tasksNeeded } from '../../../../src/domain/lift/smallest-lift.js';
import { draws, times } from '../../../support/draws.js';

const noisy = (mean: number, { n = 40, sd = 0.05 } = {}): number[] => {
  const { normal } = draws('noisy', mean, n);
  return times(n, () => mean + sd * normal());
};

interface Case {
  d: readonly number[];
  options?: Partial<LiftOptions>;
  verdict: LiftVerdict;
  /** what would be said without the step; 'throws' if the evidence refuses */
  without: LiftVerdict | 'throws';
}

/** A lift for each step that is judged otherwise when that step is missing. */
const CASES: Record<string, Case> = {
  numbers: { d: [...noisy(0.2), Number.NaN], verdict: 'invalid', without: 'throws' },
  // resets alone can gain: that is no merit of code that never ran
  liveness: { d: noisy(0.2), options: { liveness: 0 }, verdict: 'inert', without: 'pays' },
  tasks: { d: [0.3, 0.31, 0.3, 0.32], options: { rule: 't' }, verdict: 'undecided', without: 'pays' },
  difference: { d: times(40, () => 0), verdict: 'inert', without: 'flat' },
  harm: { d: noisy(-0.2), verdict: 'harmful', without: 'flat' },
  flatness: { d: noisy(0, { sd: 0.02 }), verdict: 'flat', without: 'undecided' },
  'tail-tasks': { d: times(12, (i) => 0.05 + 0.001 * i), verdict: 'undecided', without: 'pays' },
  'tail-loss': { d: [...noisy(0.3, { n: 58 }), -0.8, -0.8], verdict: 'undecided', without: 'pays' },
  gain: { d: noisy(0.2), verdict: 'pays', without: 'undecided' },
};

const verdictWithout = ({ d, options }: Case, step: string): LiftVerdict | 'throws' => {
  const lift = judgedLift(d, options ?? {});
  try {
    for (const { name, says } of LIFT_STEPS) {
      const verdict = name === step ? null : says(lift);
      if (verdict !== null) return verdict;
    }
    return 'undecided';
  } catch {
    return 'throws';
  }
};

test.each(Object.entries(CASES))('without the step "%s" a lift is judged otherwise', (step, one) => {
  expect(liftVerdict(one.d, one.options)).toBe(one.verdict);
  expect(verdictWithout(one, step)).toBe(one.without);
});

test('every step of the verdict has such a lift', () => {
  expect(LIFT_STEPS.map(({ name }) => name)).toEqual(Object.keys(CASES));
});

test('ninety-three gains of .05 don’t hide losses of .8 on seven tasks in a hundred', () => {
  const { next } = draws('trap');
  const d = times(60, () => (next() < 0.07 ? -0.8 : 0.05));
  expect(d.some((one) => one < 0)).toBe(true);
  expect(liftVerdict(d, { rule: 'sign' })).toBe('pays');
  expect(liftVerdict(d)).not.toBe('pays');
  expect(liftVerdict(d, { rule: 'bet' })).not.toBe('pays');
});

test('a run stops at the first task that decides', () => {
  const d = [...times(40, () => 0.3), ...times(40, () => -1)];
  expect(liftRun(d)).toEqual({ verdict: 'pays', n: 30 });
  expect(liftVerdict(d)).toBe('harmful');
  expect(liftRun([])).toEqual({ verdict: 'undecided', n: 0 });
});

test('the levels of a tower sum to alpha', () => {
  const sum = times(1000, (i) => towerAlpha(0.05, i + 1)).reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(0.05 * (1 - 1 / 1001), 12);
  expect(() => towerAlpha(0.05, 0)).toThrow(/from 1/);
});

test('thirty tasks see a gain of .10 at sd .15, twelve need more', () => {
  const suite = { sd: 0.15, eps: 0.02, alpha: 0.05 };
  expect(smallestLift({ ...suite, tasks: 30 })).toBeCloseTo(0.096, 3);
  expect(smallestLift({ ...suite, tasks: 12 })).toBeGreaterThan(0.14);
  expect(tasksNeeded(0.1, suite)).toBe(28);
  expect(tasksNeeded(0.02, suite)).toBe(Number.POSITIVE_INFINITY);
});
