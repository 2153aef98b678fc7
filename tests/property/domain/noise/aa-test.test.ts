import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import { aaTest } from '../../../../src/domain/noise/aa-test.js';
import { likeMeasured } from '../../../../src/domain/noise/like-measured.js';
import { random } from '../../../../src/domain/random.js';
import { mean, standardDeviation } from '../../../../src/domain/statistics.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const rules: Acceptance['rule'][] = ['strict', 'floor', 'confirm', 'sprt', 'screen+sprt', 'branch+promote'];
const acceptance = fc.constantFrom(...rules).map((rule) => acceptanceOf({ rule }));
const values = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 10 });
const world = fc.record({ acceptance, values, seed: fc.nat(1000) });

test('the same measurements give the same answer, whatever the unit and whichever way is better', () => {
  fc.assert(
    fc.property(world, fc.constantFrom(0.25, 4, 1024), (one, unit) => {
      const found = aaTest({ ...one, direction: 'minimize' });
      expect(aaTest({ ...one, direction: 'minimize' })).toEqual(found);
      const scaled = one.values.map((value) => value * unit);
      expect(aaTest({ ...one, direction: 'minimize', values: scaled }).kept).toBe(found.kept);
      const mirrored = one.values.map((value) => -value);
      expect(aaTest({ ...one, direction: 'maximize', values: mirrored }).holds).toBe(found.holds);
    }),
    { numRuns: 30 },
  );
});

test('a larger smallest effect never keeps more copies', () => {
  fc.assert(
    fc.property(world, fc.nat(500), fc.nat(500), (one, a, b) => {
      const rate = (effect: number): number =>
        aaTest({
          ...one,
          direction: 'minimize',
          // no early end: the same copies are judged under both
          acceptance: {
            ...one.acceptance,
            rule: 'strict',
            falseKeeps: 1e-9,
            minEffect: { value: effect, relative: false },
          },
        }).rate;
      expect(rate(a + b)).toBeLessThanOrEqual(rate(a));
    }),
    { numRuns: 20 },
  );
});

test('fresh values have mean and spread of the measured ones, and no ties that were not measured', () => {
  fc.assert(
    fc.property(values, fc.nat(1000), (measured, seed) => {
      const draws = random('like measured', seed);
      const one = likeMeasured(measured);
      const fresh = Array.from({ length: 4000 }, () => one(draws));
      const sd = standardDeviation(measured);
      expect(Math.abs(mean(fresh) - mean(measured))).toBeLessThan(0.1 * sd);
      expect(standardDeviation(fresh) / sd).toBeGreaterThan(0.9);
      expect(standardDeviation(fresh) / sd).toBeLessThan(1.1);
      expect(new Set(fresh).size).toBe(fresh.length);
    }),
    { numRuns: 20 },
  );
});

test('copies of long contests are fewer: who asks for the answer must not wait for minutes', () => {
  const race = acceptanceOf({ rule: 'race', arms: 16, nmax: 100, alpha: 0.0001 });
  const one = { direction: 'minimize', values: [1, 1.1, 0.9, 1.05, 0.97], seed: 3 } as const;
  const known = aaTest({ ...one, acceptance: race }, 400);
  expect(known.clones).toBe(50);
  const undecided = aaTest({ ...one, acceptance: { ...race, falseKeeps: 1e-4 } }, 400);
  expect(undecided.clones * undecided.meanRuns).toBeGreaterThan(100_000);
  expect(undecided.clones * undecided.meanRuns).toBeLessThan(102_000);
  expect(aaTest({ ...one, acceptance: acceptanceOf({ rule: 'sprt' }) }, 400).clones).toBe(400);
});
