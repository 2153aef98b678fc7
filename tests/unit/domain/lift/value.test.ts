import { expect, test } from 'vitest';
import { costOf } from '../../../../src/domain/lift/cost.js';
import { liftDifferences } from '../../../../src/domain/lift/lift-differences.js';
import { liftVerdict } from '../../../../src/domain/lift/lift-verdict.js';
import { type MeasuredSystem, taskValues, value, VALUE_CLAUSES } from '../../../../src/domain/lift/value.js';
import { bridge } from '../../../../src/domain/epoch/bridge.js';
import { canaryBreaches } from '../../../../src/domain/epoch/canaries.js';
import { gained, singing, soundSystem, swap } from '../../../support/rigged.js';

const base = soundSystem();

test('V is the mean held-out score where cost is the reference’s', () => {
  expect(value(soundSystem({ scores: [0.2, 0.4] }))).toBeCloseTo(0.3, 12);
});

test('each doubling of cost takes lambda off V', () => {
  expect(value(soundSystem({ cost: 8 }))).toBeCloseTo(value(base) - 3 * 0.02, 12);
});

test.each([
  ['pinned', false],
  ['canariesPass', false],
  ['chainVerifies', false],
  ['crashesWithinGuard', false],
  ['bridgesAccepted', false],
  ['cost', 101],
] as const)('V is minus infinity when %s is %s', (name, broken) => {
  expect(value(soundSystem({ [name]: broken }))).toBe(Number.NEGATIVE_INFINITY);
});

test('a closed gate makes the lift invalid, on either side', () => {
  const broken = soundSystem({ pinned: false });
  expect(liftVerdict(liftDifferences(broken, base))).toBe('invalid');
  expect(liftVerdict(liftDifferences(base, broken))).toBe('invalid');
  expect(liftVerdict(liftDifferences(broken, broken))).toBe('invalid');
});

test('systems measured on other tasks cannot be compared', () => {
  expect(() => liftDifferences(soundSystem({ scores: [0.5] }), base)).toThrow(/same tasks/);
});

test('cost is GPU-seconds, priced tokens and the share of the search', () => {
  const used = { gpuSeconds: 10, tokens: 1000 };
  const search = { gpuSeconds: 100, tokens: 0 };
  expect(costOf(used, { price: 0.01, search, amortisation: 1 })).toBeCloseTo(120, 12);
  expect(costOf(used, { price: 0.01, search, amortisation: Number.POSITIVE_INFINITY })).toBeCloseTo(20, 12);
});

/** Rigged systems that a single clause of V stops. */
const RIGGED: [(typeof VALUE_CLAUSES)[number]['name'], string, MeasuredSystem][] = [
  [
    'valid',
    'tamper: the score file was overwritten, and the no-op canary shows it',
    soundSystem({
      scores: gained(0.3),
      canariesPass: canaryBreaches(singing({ noOp: [{ score: 0.8, se: 0.01 }] })).length === 0,
    }),
  ],
  [
    'gain',
    'drift: easy items cost an eighth, and held out it falls by .09',
    soundSystem({ scores: gained(-0.09), cost: 1 / 8 }),
  ],
  [
    'drift',
    'swap: the new evaluator adds .06 in the current style',
    soundSystem({
      scores: gained(0.06),
      bridgesAccepted:
        bridge(swap({ honest: false, run: 0 }, 4).bridge ?? { old: [], new: [] }).verdict === 'equal',
    }),
  ],
  [
    'cap',
    'cost: six levels of 2.2 times the experiments',
    soundSystem({ scores: gained(0.25), cost: 2.2 ** 6 }),
  ],
  [
    'price',
    'cost: one level of 2.2 times the experiments for .035',
    soundSystem({ scores: gained(0.035, 0.01), cost: 2.2 }),
  ],
];

const differencesWithout = (clause: string, lifted: MeasuredSystem): number[] => {
  const left = VALUE_CLAUSES.filter(({ name }) => name !== clause);
  const values = (system: MeasuredSystem) =>
    system.scores.map((_, task) => left.reduce((sum, { of }) => sum + of(system, task), 0));
  const before = values(base);
  return values(lifted).map((one, task) => one - (before[task] ?? Number.NaN));
};

test.each(RIGGED)('without the clause %s this would pay: %s', (clause, _, rigged) => {
  expect(liftVerdict(liftDifferences(rigged, base))).not.toBe('pays');
  expect(liftVerdict(differencesWithout(clause, rigged))).toBe('pays');
});

test('every clause of V has a rigged system that it alone stops', () => {
  expect(RIGGED.map(([clause]) => clause)).toEqual(VALUE_CLAUSES.map(({ name }) => name));
});

test('the honest control pays under all clauses', () => {
  expect(liftVerdict(liftDifferences(soundSystem({ scores: gained(0.1) }), base))).toBe('pays');
  expect(taskValues(base)).toHaveLength(base.scores.length);
});
