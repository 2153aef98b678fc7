import { expect, test } from 'vitest';
import { devicesDiffer } from '../../../../src/domain/noise/devices-differ.js';
import { driftOf, drifts } from '../../../../src/domain/noise/drift.js';
import { intraclass } from '../../../../src/domain/noise/intraclass.js';
import { readNoise } from '../../../../src/domain/noise/read-noise.js';
import { normals } from '../../../support/normals.js';
import { noiseRuns } from '../../../support/noise-runs.js';

const draws = normals(7);
const pairsWith = (rho: number, n: number, sigma = 1): [number, number][] =>
  Array.from({ length: n }, () => {
    const shared = Math.sqrt(rho) * draws();
    const own = () => sigma * (shared + Math.sqrt(1 - rho) * draws());
    return [10 + own(), 10 + own()];
  });

const only = (runs: ReturnType<typeof noiseRuns>) => {
  const [found] = readNoise(runs).classes;
  if (found === undefined) throw new Error('no class');
  return found;
};

test.each([0, 0.5, 0.9])('sigma and the correlation %d come back from many seeds', (rho) => {
  const noise = only(noiseRuns(pairsWith(rho, 3000, 2)));
  expect(noise.sigma).toBeGreaterThan(1.92);
  expect(noise.sigma).toBeLessThan(2.08);
  expect(Math.abs((noise.shared?.rho ?? 9) - rho)).toBeLessThan(0.05);
  expect(Math.abs(noise.pairSd - 2 * Math.sqrt(2 * (1 - rho)))).toBeLessThan(0.15);
});

test('the interval of the correlation covers the truth about 95 times of 100', () => {
  const covers = Array.from({ length: 1000 }, () => {
    const [low, high] = intraclass(pairsWith(0.6, 10))?.interval ?? [1, 1];
    return low <= 0.6 && 0.6 <= high;
  }).filter(Boolean).length;
  expect(covers).toBeGreaterThan(925);
  expect(covers).toBeLessThan(975);
});

test('a metric that the seed decides, one that never varies and one whose runs fail are told apart', () => {
  const seeded = only(noiseRuns([[1, 1], [2, 2], [3, 3], [5, 5]])); // prettier-ignore
  expect(seeded).toMatchObject({ seedDecides: true, still: false, df: 3 });
  expect(seeded?.pairSd).toBeCloseTo((seeded?.sigma ?? 0) * Math.SQRT2, 12);
  expect(seeded.shared).toEqual({ rho: 1, interval: [1, 1] });
  const still = only(noiseRuns([[4, 4], [4, 4], [4, 4]])); // prettier-ignore
  expect(still).toMatchObject({ still: true, seedDecides: false, sigma: 0, shared: null });
  const failing = only(noiseRuns([[1, 2], [null, 2], [3, 1], [2, 2]])); // prettier-ignore
  expect(failing).toMatchObject({ failed: 1, seeds: 3, runs: 8 });
});

test('a drift is seen where there is one, and seldom where there is none', () => {
  const steady = Array.from({ length: 1000 }, () => driftOf(Array.from({ length: 10 }, draws)));
  const seen = steady.filter(drifts).length;
  expect(seen).toBeGreaterThan(1);
  expect(seen).toBeLessThan(25);
  const rising = driftOf(Array.from({ length: 10 }, (_, at) => at + 0.5 * draws()));
  expect(drifts(rising)).toBe(true);
  expect(rising.total).toBeGreaterThan(7);
});

test('the slope test agrees with one computed by hand', () => {
  // 1 2 4 3: slope .8, residual sum of squares 1.8, so t = .8 / sqrt(.9 / 5) = 1.8856 with 2 degrees of freedom
  const { total, p } = driftOf([1, 2, 4, 3]);
  expect(total).toBeCloseTo(2.4);
  expect(p).toBeCloseTo(0.2, 3);
});

test('devices of a class are compared, and only where there are several', () => {
  const pairs = pairsWith(0, 20);
  const onTwo = only(noiseRuns(pairs, { device: (seed) => `host cpu:${String(seed % 2)}` }));
  expect(onTwo.devices.map(({ runs }) => runs)).toEqual([20, 20]);
  expect(onTwo.differ).toBeGreaterThan(0.01);
  expect(only(noiseRuns(pairs)).differ).toBeNull();
  expect(devicesDiffer([[1, 1.1, 0.9], [5, 5.1, 4.9]])).toBeLessThan(1e-4); // prettier-ignore
});
