import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Measurement } from '../../../src/contract/measurement.js';
import { foldIncumbent } from '../../../src/domain/loop/fold-incumbent.js';
import { readBaseline } from '../../../src/domain/loop/read-baseline.js';
import { mean, standardDeviation } from '../../../src/domain/statistics.js';
import { measured } from '../../support/recorded-loop.js';

const metric = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
const times = fc.integer({ min: 1, max: 20 });

test('equal values have that mean and no spread at all', () => {
  fc.assert(
    fc.property(metric, times, (value, n) => {
      const values = Array.from({ length: n }, () => value);
      expect(mean(values)).toBe(value);
      expect(standardDeviation(values)).toBe(0);
    }),
  );
});

const run = (value: number): Measurement => measured('incumbent', 0, 'a', value);

test('a metric without noise is known as one, and its incumbent stands at its own value however often it is run', () => {
  fc.assert(
    fc.property(metric, times, times, (value, n, more) => {
      const runs = (count: number): Measurement[] => Array.from({ length: count }, () => run(value));
      expect(readBaseline(runs(n))).toMatchObject({ ok: true, value, noise: { sigma: 0 } });
      const incumbent = { experiment: 0, commit: 'a', branchCommit: 'a', value, n };
      expect(foldIncumbent(incumbent, runs(more))).toMatchObject({ value, n: n + more });
    }),
  );
});

test('three runs of examples/holdout, whose sum divided by three is another number', () => {
  const values = [0.08675750057, 0.08675750057, 0.08675750057];
  expect(values.reduce((sum, value) => sum + value, 0) / 3).not.toBe(values[0]);
  expect(standardDeviation(values)).toBe(0);
});
