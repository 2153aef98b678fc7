import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bridge } from '../../../../src/domain/epoch/bridge.js';
import { times } from '../../../support/draws.js';

const wobble = fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 0, maxLength: 80 });
const versions = (noise: readonly number[], shift: number) => {
  const old = times(noise.length, (i) => (i + 1) / (noise.length + 1));
  return { old, new: old.map((score, i) => score + shift + (noise[i] ?? 0)) };
};

test('two versions are as equal as they are the other way around', () => {
  fc.assert(
    fc.property(wobble, fc.double({ min: -0.05, max: 0.05, noNaN: true }), (noise, shift) => {
      const there = versions(noise, shift);
      const back = bridge({ old: there.new, new: there.old });
      expect(back.verdict).toBe(bridge(there).verdict);
    }),
  );
});

test('a version is never equal and drifted, and never equal past a hundredth', () => {
  fc.assert(
    fc.property(wobble, fc.double({ min: -0.05, max: 0.05, noNaN: true }), (noise, shift) => {
      const { verdict, bias, se, artifacts } = bridge(versions(noise, shift));
      if (verdict === 'equal') {
        expect(Math.abs(bias) + 2.6 * se).toBeLessThanOrEqual(0.01);
        expect(artifacts).toBeGreaterThanOrEqual(40);
      }
      if (verdict === 'drifted') expect(Math.abs(bias)).toBeGreaterThan(0.01);
    }),
  );
});

test('a version is equal to itself from 40 artifacts on', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 80 }), (m) => {
      const old = times(m, (i) => i / m);
      expect(bridge({ old, new: old }).verdict).toBe(m >= 40 ? 'equal' : 'unclear');
    }),
  );
});
