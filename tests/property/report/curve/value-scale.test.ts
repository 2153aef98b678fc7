import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueScale } from '../../../../src/report/curve/value-scale.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

test('every kept score lies inside of the plot, whatever the others are', () => {
  fc.assert(
    fc.property(
      fc.array(finite, { maxLength: 40 }),
      fc.array(finite, { minLength: 1, maxLength: 6 }),
      (values, kept) => {
        const scale = valueScale([...values, ...kept], kept);
        for (const value of kept) {
          expect(scale.part(value)).toBeGreaterThanOrEqual(-1e-9);
          expect(scale.part(value)).toBeLessThanOrEqual(1 + 1e-9);
        }
      },
    ),
  );
});

test('a larger value is never drawn lower', () => {
  fc.assert(
    fc.property(fc.array(finite, { minLength: 2, maxLength: 40 }), finite, finite, (values, a, b) => {
      const scale = valueScale(values, values.slice(0, 1));
      const [low, high] = a <= b ? [a, b] : [b, a];
      expect(scale.part(low) <= scale.part(high)).toBe(true);
    }),
  );
});

test('ticks are few, distinct and inside', () => {
  fc.assert(
    fc.property(fc.array(finite, { maxLength: 40 }), (values) => {
      const { ticks, part } = valueScale(values, values.slice(0, 2));
      expect(ticks.length).toBeLessThanOrEqual(16);
      expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length);
      for (const { value } of ticks) expect(Math.abs(part(value) - 0.5)).toBeLessThanOrEqual(0.5 + 1e-6);
    }),
  );
});
