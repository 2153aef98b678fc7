import { expect, test } from 'vitest';
import { holm } from '../../../../src/domain/ablation/holm.js';
import { paired } from '../../../../src/domain/ablation/paired.js';
import { signFlip } from '../../../../src/domain/ablation/sign-flip.js';
import { random } from '../../../../src/domain/random.js';
import { normals } from '../../../support/normals.js';

const STUDIES = 2000;

/** Share of studies of so many pairs whose interval holds the true mean. */
const covered = (pairs: number, mean: number, draw: () => number): number => {
  let held = 0;
  for (let study = 0; study < STUDIES; study++) {
    const { interval } = paired(Array.from({ length: pairs }, draw));
    if (interval !== null && interval.low <= mean && mean <= interval.high) held++;
  }
  return held / STUDIES;
};

test.each([2, 5, 10])('the interval holds the mean of %i normal differences in 95 of 100 studies', (n) => {
  const draw = normals('coverage', n);
  const share = covered(n, 0.3, () => 0.3 + 0.2 * draw());
  // two standard errors of the share are .01
  expect(share).toBeGreaterThan(0.935);
  expect(share).toBeLessThan(0.965);
});

test('differences of two kinds, as loops that get unstuck or not, cost it little', () => {
  const draw = random('bimodal');
  const noise = normals('bimodal noise');
  const share = covered(10, 0.4 * 0.7, () => (draw.next() < 0.4 ? 0.7 : 0) + 0.02 * noise());
  expect(share).toBeGreaterThan(0.9);
});

test('without a difference the test errs in 5 of 100 studies at most, also for odd distributions', () => {
  const draw = random('nothing');
  const sizes = [0, 0, 0.01, 0.02, 0.7];
  let false05 = 0;
  for (let study = 0; study < STUDIES; study++) {
    const d = Array.from({ length: 10 }, () => draw.pick(sizes) * (draw.next() < 0.5 ? -1 : 1));
    if (signFlip(d) <= 0.05) false05++;
  }
  expect(false05 / STUDIES).toBeLessThan(0.06);
});

test('corrected p-values keep their order, are never smaller, and none is corrected by more than all', () => {
  const draw = random('holm');
  for (let round = 0; round < 500; round++) {
    const p = Array.from({ length: 1 + draw.int(12) }, () => draw.next() ** 3);
    const corrected = holm(p);
    const order = p.map((_, index) => index).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0));
    const sorted = order.map((index) => corrected[index] ?? 0);
    expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
    for (const [index, one] of p.entries()) {
      expect(corrected[index]).toBeGreaterThanOrEqual(one);
      expect(corrected[index]).toBeLessThanOrEqual(Math.min(1, p.length * one));
    }
  }
});

test('among twelve tests of nothing a false rejection comes in 5 of 100 studies at most', () => {
  const draw = random('family');
  let any = 0;
  for (let study = 0; study < STUDIES; study++)
    if (holm(Array.from({ length: 12 }, () => draw.next())).some((p) => p <= 0.05)) any++;
  expect(any / STUDIES).toBeLessThan(0.06);
});
