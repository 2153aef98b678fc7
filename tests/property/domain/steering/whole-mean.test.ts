import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Seen, SteeredBy } from '../../../../src/contract/steering.js';
import { foldIncumbent } from '../../../../src/domain/loop/fold-incumbent.js';
import { seenOf } from '../../../../src/domain/steering/seen-of.js';
import { wholeMean } from '../../../../src/domain/steering/whole-mean.js';
import { mean } from '../../../../src/domain/statistics.js';
import { measured } from '../../../support/recorded-loop.js';

const steering = (seen: Seen): { steering: SteeredBy } => ({
  steering: {
    directive: null,
    mechanism: 'm',
    parent: null,
    moves: [],
    settings: {},
    compliance: null,
    seen,
  },
});

const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const runs = fc.array(fc.option(value, { freq: 4 }), { minLength: 1, maxLength: 8 });

const incumbentRuns = (values: readonly (number | null)[]) =>
  values.map((one, index) => measured('incumbent', index, 'c', one));

test('an elite’s mean, however its runs were shared out, is that which the incumbent would have come to', () => {
  fc.assert(
    fc.property(value, fc.array(runs, { maxLength: 5 }), (first, batches) => {
      const rows = batches.map((one) => steering(seenOf(incumbentRuns(one), { fidelity: 1, of: 1 }).seen));
      const start = { experiment: 1, commit: 'c', branchCommit: 'c', value: first, n: 1 };
      const folded = batches.reduce((standing, one) => foldIncumbent(standing, incumbentRuns(one)), start);
      expect(wholeMean({ experiment: 1, value: first }, rows)).toBeCloseTo(folded.value, 6);
    }),
  );
});

test('parts of runs, and runs of others, never move it', () => {
  const other = fc.record({
    value: fc.option(value),
    n: fc.integer({ min: 1, max: 9 }),
    fidelity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    of: fc.constantFrom(null, 1, 2),
  });
  fc.assert(
    fc.property(value, fc.array(other), (first, seen) => {
      const alien = seen.filter(({ of, fidelity }) => of !== 1 || fidelity < 1);
      expect(wholeMean({ experiment: 1, value: first }, alien.map(steering))).toBe(first);
    }),
  );
});

test('what is seen is the mean of the scores there are, and an outcome of its own only where there are none', () => {
  fc.assert(
    fc.property(runs, fc.constantFrom(0.25, 1), fc.constantFrom(null, 3), (values, fidelity, of) => {
      const { seen, outcome } = seenOf(incumbentRuns(values), { fidelity, of });
      const scores = values.filter((one) => one !== null);
      expect(seen).toMatchObject({ fidelity, of, value: scores.length === 0 ? null : mean(scores) });
      expect(outcome).toBe(scores.length === 0 ? 'crash' : 'inconclusive');
    }),
  );
});
