import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Measurement } from '../../../src/contract/measurement.js';
import { anotherRepeat } from '../../../src/domain/loop/another-repeat.js';
import { readBaseline } from '../../../src/domain/loop/read-baseline.js';
import { startShare } from '../../../src/domain/loop/startable.js';
import { random } from '../../../src/domain/random.js';
import { measured } from '../../support/recorded-loop.js';

const run = (value: number | null, index: number): Measurement => measured('baseline', index, 'a', value);

/** A baseline as a loop measures it: run after run while one more is asked for. */
const baselineOf = (fates: readonly (number | null)[], wanted: number): Measurement[] => {
  const runs = [run(fates[0] ?? null, 0)];
  while (anotherRepeat(runs, wanted)) runs.push(run(fates[runs.length % fates.length] ?? null, runs.length));
  return runs;
};

const fate = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(null));

test('a baseline ends after fewer than twice the runs that were wanted, and starts a loop on enough scores or on none', () => {
  fc.assert(
    fc.property(
      fc.array(fate, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (fates, wanted) => {
        const runs = baselineOf(fates, wanted);
        const values = runs.flatMap(({ value }) => (value === null ? [] : [value]));
        expect(runs.length).toBeLessThanOrEqual(Math.max(1, 2 * wanted - 1));
        const found = readBaseline(runs);
        if (!found.ok) {
          expect(2 * values.length <= runs.length || runs[0]?.status !== 'ok').toBe(true);
          return;
        }
        expect(found.n).toBe(values.length);
        expect(found.crashes).toBe(runs.length - values.length);
        expect(found.n === wanted || new Set(values).size === 1).toBe(true);
      },
    ),
  );
});

test('one crash anywhere but at first refuses no baseline of three runs or more, and is said', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 20 }), fc.nat(100), (wanted, at) => {
      const crash = 1 + (at % (wanted - 1));
      const runs = baselineOf(
        Array.from({ length: 60 }, (_, n) => (n === crash ? null : n)),
        wanted,
      );
      const found = readBaseline(runs);
      expect(found).toMatchObject({ ok: true, n: wanted, crashes: 1 });
      expect(found.reason).toContain(`; 1 crash in ${String(wanted + 1)} runs`);
    }),
  );
});

test('loops start as often as is said, and more crashes never help', () => {
  for (const [rate, wanted] of [
    [0.2, 10],
    [0.35, 3],
    [0.5, 10],
    [0.6, 2],
  ] as const) {
    const draws = random('starts', rate, wanted);
    let started = 0;
    for (let n = 0; n < 4000; n++) {
      const fates = Array.from({ length: 60 }, (_, at) => (draws.next() < rate ? null : at));
      if (readBaseline(baselineOf(fates, wanted)).ok) started++;
    }
    expect(Math.abs(started / 4000 - startShare(rate, wanted))).toBeLessThan(0.03);
  }
  fc.assert(
    fc.property(fc.nat(99), fc.nat(99), fc.integer({ min: 1, max: 20 }), (a, b, wanted) => {
      const [less, more] = [Math.min(a, b) / 100, Math.max(a, b) / 100];
      expect(startShare(more, wanted)).toBeLessThanOrEqual(startShare(less, wanted) + 1e-9);
    }),
  );
});
