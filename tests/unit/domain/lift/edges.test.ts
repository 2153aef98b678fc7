import { expect, test } from 'vitest';
import { budgetSquareHolds, claimSquare } from '../../../../src/domain/lift/commuting.js';
import { findCycle } from '../../../../src/domain/lift/cycle.js';
import { isEquivalent } from '../../../../src/domain/lift/equivalence.js';
import { stillness } from '../../../../src/domain/lift/fixed-point.js';
import { gower } from '../../../../src/domain/lift/gower.js';
import { liftEvidence } from '../../../../src/domain/lift/lift-evidence.js';
import {
  LIFT_DEFAULTS,
  TAIL_LOSS,
  TAIL_TASKS,
  towerAlpha,
} from '../../../../src/domain/lift/lift-options.js';
import { liftRun } from '../../../../src/domain/lift/lift-run.js';
import { liftVerdict } from '../../../../src/domain/lift/lift-verdict.js';
import { ruleEvidence } from '../../../../src/domain/lift/rule-evidence.js';
import { value } from '../../../../src/domain/lift/value.js';
import { soundSystem } from '../../../support/rigged.js';
import { draws, times } from '../../../support/draws.js';

const around = (mean: number, { n = 48, sd = 0.01 } = {}): number[] => {
  const { normal } = draws('edges', mean, n, sd);
  return times(n, () => mean + sd * normal());
};

/** Differences of which the evidence is exactly what alpha asks for: there logs round to the very same number. */
const exactly = (logE: (d: readonly number[]) => number, mean: number): { d: number[]; alpha: number } => {
  for (let n = 30; n < 400; n++) {
    const d = around(mean, { n, sd: 0.3 });
    const alpha = Math.exp(-logE(d));
    if (alpha < 1 && -Math.log(alpha) === logE(d)) return { d, alpha };
  }
  throw new Error('no such differences');
};

test('the defaults are the specification’s', () => {
  expect(LIFT_DEFAULTS).toEqual({
    eps: 0.02,
    alpha: 0.05,
    rule: 't+tail',
    bound: 1.02,
    liveness: 1,
    least: 5,
  });
  expect([TAIL_TASKS, TAIL_LOSS]).toEqual([30, -0.5]);
  expect(() => towerAlpha(0.05, 1.5)).toThrow(/from 1/);
});

test('what doubles the cost of the reference pays for a doubling, whatever the reference costs', () => {
  const cheap = soundSystem({ cost: 8, referenceCost: 8 });
  const double = soundSystem({ cost: 8, referenceCost: 4 });
  expect(value(cheap)).toBeCloseTo(value(soundSystem()), 12);
  expect(value(cheap) - value(double)).toBeCloseTo(0.02, 12);
});

test('evidence that is exactly enough is enough', () => {
  const options = { ...LIFT_DEFAULTS, rule: 't' } as const;
  const pays = exactly((d) => liftEvidence(d, options).pays, 0.3);
  expect(liftVerdict(pays.d, { ...options, alpha: pays.alpha })).toBe('pays');
  const holds = exactly((d) => ruleEvidence('t', 1)(d.map((one) => one + 0.02)), 0.3);
  expect(budgetSquareHolds(holds.d, { rule: 't', alpha: holds.alpha })).toBe(true);
  const wide = { rule: 't', bound: 1, epsEq: 0.5 } as const;
  const below = exactly((d) => ruleEvidence('t', 1)(d.map((one) => 0.5 - one)), 0.1);
  expect(isEquivalent(below.d, { ...wide, alpha: below.alpha })).toBe(true);
  const above = exactly((d) => ruleEvidence('t', 1)(d.map((one) => one + 0.5)), -0.1);
  expect(isEquivalent(above.d, { ...wide, alpha: above.alpha })).toBe(true);
});

test('one task without a difference makes no lift inert, and a loss of exactly .5 is no catastrophe', () => {
  expect(liftVerdict([0, ...around(0.2)])).toBe('pays');
  expect(liftVerdict([-0.5, ...around(0.4, { n: 80 })])).toBe('pays');
  expect(liftVerdict([-0.51, ...around(0.4, { n: 80 })])).toBe('undecided');
});

test('a lift of which nothing is known is undecided to the last step', () => {
  expect(liftVerdict(around(0.03, { sd: 0.3 }))).toBe('undecided');
  expect(liftVerdict(around(0.03, { sd: 0.3 }), { rule: 't' })).toBe('undecided');
});

test('each rule weighs by its own evidence', () => {
  const d = [0.3, 0.2, 0.4, -0.1, 0.3, 0.2];
  const weights = (['t', 'bet', 'sign'] as const).map((rule) => ruleEvidence(rule, 1)(d));
  expect(new Set(weights).size).toBe(3);
  // a bet knows its bound and no spread: it gains less on a loose one
  expect(ruleEvidence('bet', 5)(d)).toBeLessThan(ruleEvidence('bet', 1)(d));
  // and an outlier that the mean can't bear leaves signs as they were
  const wild = [...times(40, () => 0.1), -50];
  expect(ruleEvidence('sign', 1)(wild)).toBeGreaterThan(3);
  expect(ruleEvidence('t', 1)(wild)).toBeLessThan(1);
});

test('two systems are equivalent only where neither side is left open, by the rule that was asked for', () => {
  const options = { epsEq: 0.02, alpha: 0.05, rule: 't', bound: 1 } as const;
  expect(isEquivalent(around(0), options)).toBe(true);
  expect(isEquivalent(around(-0.2), options)).toBe(false);
  expect(isEquivalent(around(0.2), options)).toBe(false);
  expect(isEquivalent([Number.NaN, ...around(0)], options)).toBe(false);
  // by signs alone an outlier is one of many
  const wild = [...times(48, (i) => (i % 2 === 0 ? 0.001 : -0.001)), 3];
  expect(isEquivalent(wild, { ...options, rule: 'sign' })).toBe(true);
  expect(isEquivalent(wild, options)).toBe(false);
});

const still = { dMech: 0.05, dConf: 0.02, d: around(0) };

test('a mechanism stands still up to .05 and a configuration up to .02, and no further', () => {
  expect(stillness([still, still])).toBe('fixed');
  expect(stillness([still, { ...still, dMech: 0.051 }])).toBe('plateau');
  expect(stillness([still, { ...still, dConf: 0.021 }])).toBe('moving');
});

test('only the last two lifts count, and both must behave the same', () => {
  expect(stillness([{ ...still, d: around(0.3) }, still, still])).toBe('fixed');
  expect(stillness([{ ...still, dMech: 0.4 }, still])).toBe('plateau');
  expect(stillness([still, still], { epsEq: 0.0001 })).toBe('moving');
});

const at =
  (places: readonly number[]) =>
  (a: number, b: number): number =>
    Math.abs((places[a] ?? 0) - (places[b] ?? 0));

test('the shortest journey is one, and what was before it is no part of it', () => {
  expect(findCycle(['a', 'b', 'a'], at([0, 1, 0]))).toEqual({ from: 0, to: 2 });
  expect(findCycle(['far', 'a', 'near', 'a'], at([1, 0, 0.01, 0]))).toBeNull();
  expect(findCycle(['a', 'b', 'a'], at([0, 0.02, 0]))).toBeNull();
  expect(findCycle(['a', 'b', 'a'], at([0, 0.5, 0]), 0.5)).toBeNull();
});

test('the budget square is judged by its options, and a single missing number is no square', () => {
  const loss = around(-0.05);
  expect(budgetSquareHolds(loss)).toBe(false);
  expect(budgetSquareHolds(loss, { eps: 0.1 })).toBe(true);
  expect(budgetSquareHolds([Number.NaN, ...around(0.1)])).toBe(false);
  const wild = [...times(48, () => 0.1), -50];
  expect(budgetSquareHolds(wild, { rule: 'sign' })).toBe(true);
  expect(budgetSquareHolds(wild, { rule: 't' })).toBe(false);
});

const claims = (n: number, held: (i: number) => number, claimed = 0.5) =>
  times(n, (i) => ({ claimed, heldOut: held(i) }));

test('claims commute with exactly three of four signs and exactly as much air as claim', () => {
  expect(claimSquare(claims(8, (i) => (i < 2 ? -0.25 : 0.5)))).toMatchObject({
    signAgreement: 0.75,
    commutes: true,
  });
  expect(claimSquare(claims(8, () => 1))).toMatchObject({ kappa: 1, commutes: true });
  expect(claimSquare(claims(8, () => 1.25))).toMatchObject({ kappa: 1.5, commutes: false });
});

test('claims of both signs are measured by their size', () => {
  const mixed = [...claims(4, () => 0.25), ...claims(4, () => -0.25, -0.5)];
  expect(claimSquare(mixed)).toMatchObject({ kappa: 0.5, commutes: true });
});

test('the last task of a run may be the one that decides it', () => {
  expect(liftRun(times(30, () => 0.3))).toEqual({ verdict: 'pays', n: 30 });
  expect(liftRun(times(29, () => 0.3))).toMatchObject({ verdict: 'undecided' });
});

test('a number’s distance is a share of its range, wherever that begins and however narrow it is', () => {
  const space = { k: { range: [4, 4.5] as const } };
  expect(gower({ k: 4 }, { k: 4.25 }, space)).toBeCloseTo(0.5, 12);
  expect(gower({ k: 4.5 }, { k: 4 }, space)).toBe(1);
});
