import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liftDifferences } from '../../../../src/domain/lift/lift-differences.js';
import { mean } from '../../../../src/domain/statistics.js';
import { value } from '../../../../src/domain/lift/value.js';
import { soundSystem } from '../../../support/rigged.js';

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 });
const cost = fc.double({ min: 0.01, max: 100, noNaN: true });
const GATES = ['pinned', 'canariesPass', 'chainVerifies', 'crashesWithinGuard', 'bridgesAccepted'] as const;

test('one closed gate is worth minus infinity, whatever the scores', () => {
  fc.assert(
    fc.property(scores, cost, fc.constantFrom(...GATES), (u, price, gate) => {
      expect(value(soundSystem({ scores: u, cost: price, [gate]: false }))).toBe(Number.NEGATIVE_INFINITY);
    }),
  );
});

test('the mean of a lift’s differences is the difference of V, and the reference cost cancels', () => {
  fc.assert(
    fc.property(scores, cost, cost, (u, before, after) => {
      const base = soundSystem({ scores: u, cost: before });
      const lifted = soundSystem({ scores: u.map((one) => 1 - one), cost: after });
      const d = liftDifferences(lifted, base);
      expect(mean(d)).toBeCloseTo(value(lifted) - value(base), 9);
      const elsewhere = { referenceCost: 7 };
      const same = liftDifferences({ ...lifted, ...elsewhere }, { ...base, ...elsewhere });
      expect(mean(same)).toBeCloseTo(mean(d), 9);
    }),
  );
});

test('each doubling of cost loses lambda up to the cap', () => {
  fc.assert(
    fc.property(scores, fc.double({ min: 0.01, max: 50, noNaN: true }), (u, once) => {
      const [single, double] = [
        soundSystem({ scores: u, cost: once }),
        soundSystem({ scores: u, cost: 2 * once }),
      ];
      expect(value(single) - value(double)).toBeCloseTo(0.02, 9);
    }),
  );
});
