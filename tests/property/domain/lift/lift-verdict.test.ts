import fc from 'fast-check';
import { expect, test } from 'vitest';
import { liftRun } from '../../../../src/domain/lift/lift-run.js';
import { liftVerdict } from '../../../../src/domain/lift/lift-verdict.js';
import type { LiftRule } from '../../../../src/domain/lift/rule-evidence.js';
import { draws, times } from '../../../support/draws.js';

const RULES: LiftRule[] = ['t', 't+tail', 'bet', 'sign'];

/** Lifts around a gain, so that every verdict is met. */
const lift = fc
  .record({
    gain: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    noise: fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 }),
    scale: fc.constantFrom(0, 0.1, 0.5, 1),
  })
  .map(({ gain, noise, scale }) => noise.map((one) => gain + scale * one));

/** Lifts that mostly pay: large even gains with a little noise, on many tasks. */
const strong = fc
  .record({
    gain: fc.double({ min: 0.2, max: 0.8, noNaN: true }),
    noise: fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: 40, maxLength: 60 }),
  })
  .map(({ gain, noise }) => noise.map((one) => gain + one));

test.each(RULES)('%s: no lift pays together with its opposite', (rule) => {
  fc.assert(
    fc.property(lift, (d) => {
      const opposite = d.map((one) => -one);
      const both = (judge: typeof liftVerdict) =>
        judge(d, { rule }) === 'pays' && judge(opposite, { rule }) === 'pays';
      expect(both(liftVerdict)).toBe(false);
      expect(both((all, options) => liftRun(all, options).verdict)).toBe(false);
    }),
  );
});

test.each(RULES)('%s: more gain never turns pays into flat or harm', (rule) => {
  fc.assert(
    fc.property(strong, fc.double({ min: 0, max: 0.5, noNaN: true }), (d, more) => {
      fc.pre(liftVerdict(d, { rule }) === 'pays');
      expect(
        liftVerdict(
          d.map((one) => one + more),
          { rule },
        ),
      ).toBe('pays');
    }),
    { numRuns: 60 },
  );
});

test.each(RULES)('%s: the order of the tasks does not change the verdict', (rule) => {
  fc.assert(
    fc.property(lift, fc.infiniteStream(fc.nat()), (d, keys) => {
      const shuffled = d
        .map((one): [number, number] => [keys.next().value, one])
        .sort(([a], [b]) => a - b)
        .map(([, one]) => one);
      expect(liftVerdict(shuffled, { rule })).toBe(liftVerdict(d, { rule }));
    }),
  );
});

test.each(RULES)('%s: what pays for a larger eps or a smaller alpha pays for the others too', (rule) => {
  const part = fc.double({ min: 0.1, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(strong, part, (d, less) => {
      fc.pre(liftVerdict(d, { rule, eps: 0.05, alpha: 0.01 }) === 'pays');
      expect(liftVerdict(d, { rule, eps: 0.05 * less, alpha: 0.01 })).toBe('pays');
      expect(liftVerdict(d, { rule, eps: 0.05, alpha: 0.01 / less })).toBe('pays');
    }),
    { numRuns: 60 },
  );
});

test('t+tail: one loss of a whole task forbids pays, wherever it lies', () => {
  fc.assert(
    fc.property(lift, fc.nat(), (d, at) => {
      const where = at % (d.length + 1);
      expect(liftVerdict([...d.slice(0, where), -1, ...d.slice(where)])).not.toBe('pays');
    }),
  );
});

test.each(RULES)('%s: NaN is invalid, nothing but zeros is inert, few tasks are undecided', (rule) => {
  fc.assert(
    fc.property(lift, fc.integer({ min: 5, max: 60 }), (d, n) => {
      expect(liftVerdict([...d, Number.NaN], { rule })).toBe('invalid');
      expect(
        liftVerdict(
          times(n, () => 0),
          { rule },
        ),
      ).toBe('inert');
      expect(liftVerdict(d.slice(0, 4), { rule })).toBe('undecided');
      expect(liftVerdict(d, { rule, liveness: 0 })).toBe('inert');
    }),
  );
});

test.each(RULES)(
  '%s: a lift that gains exactly eps pays in no more than alpha of 300 runs, looked at after each task',
  (rule) => {
    const { normal } = draws('null', rule);
    const paid = times(300, () =>
      liftRun(
        times(40, () => 0.02 + 0.15 * normal()),
        { rule },
      ),
    ).filter(({ verdict }) => verdict === 'pays');
    expect(paid.length / 300).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / 300));
  },
);
