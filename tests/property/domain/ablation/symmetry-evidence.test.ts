import { expect, test } from 'vitest';
import { interquartileMean } from '../../../../src/domain/ablation/interquartile-mean.js';
import { signFlip } from '../../../../src/domain/ablation/sign-flip.js';
import { symmetryLogE } from '../../../../src/domain/ablation/symmetry-evidence.js';
import { random } from '../../../../src/domain/random.js';

const draw = random('symmetry evidence');
const someDifferences = (): number[] =>
  Array.from(
    { length: 1 + draw.int(9) },
    () => draw.pick([0, 0.01, 0.02, 0.7, draw.next()]) * (draw.next() < 0.3 ? -1 : 1),
  );

test('over all choices of signs the e-value is 1 in the mean: exactly what makes it one', () => {
  for (let round = 0; round < 60; round++) {
    const d = someDifferences();
    const all = 2 ** d.length;
    let sum = 0;
    for (let signs = 0; signs < all; signs++)
      sum += Math.exp(symmetryLogE(d.map((one, i) => ((signs >> i) & 1 ? -one : one))));
    expect(sum / all).toBeCloseTo(1, 9);
  }
});

test('it knows no scale and no order, takes both directions alike, and claims no more than there is', () => {
  for (let round = 0; round < 300; round++) {
    const d = someDifferences();
    const logE = symmetryLogE(d);
    expect(symmetryLogE(d.map((one) => 1e-6 * one))).toBeCloseTo(logE, 9);
    expect(symmetryLogE(d.map((one) => -one))).toBeCloseTo(logE, 9);
    expect(symmetryLogE(d.toReversed())).toBeCloseTo(logE, 9);
    expect(logE).toBeLessThanOrEqual(d.length * Math.LN2);
    // Markov: e of the data, seen as a statistic of the signs, can't be larger than the test that counts them all allows
    if (signFlip(d) === 1) expect(logE).toBeLessThan(Math.LN2);
  }
});

test('the interquartile mean lies between the extremes, shifts and scales with the values, and is the mean where they are one', () => {
  for (let round = 0; round < 300; round++) {
    const d = someDifferences();
    const iqm = interquartileMean(d);
    expect(iqm).toBeGreaterThanOrEqual(Math.min(...d) - 1e-12);
    expect(iqm).toBeLessThanOrEqual(Math.max(...d) + 1e-12);
    expect(interquartileMean(d.map((one) => 3 - 2 * one))).toBeCloseTo(3 - 2 * iqm, 9);
    expect(interquartileMean(d.map(() => 0.4))).toBeCloseTo(0.4, 12);
  }
});
