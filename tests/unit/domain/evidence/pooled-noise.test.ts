import { expect, test } from 'vitest';
import { NotFinite } from '../../../../src/domain/evidence/not-finite.js';
import { differenceSd, pooledNoise } from '../../../../src/domain/evidence/pooled-noise.js';
import { normals } from '../../../support/normals.js';

const replicates = (values: number[], seed = 0) => values.map((value, i) => ({ seed: seed + i, value }));

test('configurations pool around their own means, weighted by their degrees of freedom', () => {
  const noise = pooledNoise([replicates([1, 3], 0), replicates([100, 100, 106], 50)]);
  expect(noise).toEqual({ sigma: Math.sqrt((2 + 24) / 3), rho: null, df: 3 });
});

test('a configuration that was measured once adds nothing', () => {
  expect(pooledNoise([replicates([7])])).toEqual({ sigma: 0, rho: null, df: 0 });
  expect(pooledNoise([replicates([7], 90), replicates([1, 3])]).df).toBe(1);
});

test('equal repeats are a metric without noise', () => {
  expect(pooledNoise([replicates([2, 2, 2]), replicates([3, 3, 3])])).toEqual({ sigma: 0, rho: null, df: 4 });
});

test('seeds that move both configurations alike are fully correlated', () => {
  expect(pooledNoise([replicates([1, 4, 2]), replicates([11, 14, 12])]).rho).toBeCloseTo(1, 12);
  expect(pooledNoise([replicates([1, 2, 3]), replicates([3, 2, 1])]).rho).toBe(-1);
});

test('one shared seed says nothing of correlation', () => {
  expect(pooledNoise([replicates([1, 4, 2]), replicates([9, 3, 5], 2)]).rho).toBeNull();
});

test('a correlation stays one, also where few seeds are shared and those are extreme', () => {
  const calm = [5, 5, 5, 5, 5, 5];
  expect(pooledNoise([replicates([0, 10, ...calm]), replicates([10, 0], 0), replicates(calm, 50)]).rho).toBe(
    -1,
  );
});

test('sigma and rho of a simulated task are found again', () => {
  const normal = normals('pooled');
  const shared = Array.from({ length: 400 }, () => Math.sqrt(0.8) * normal());
  const arms = [0, 5, -3].map((mu) =>
    replicates(shared.map((a) => 2 * (mu + a + Math.sqrt(0.2) * normal()))),
  );
  const noise = pooledNoise(arms);
  expect(noise.sigma).toBeCloseTo(2, 0);
  expect(noise.rho).toBeGreaterThan(0.75);
  expect(noise.rho).toBeLessThan(0.85);
});

test('the noise of a difference falls with correlation; an unknown one counts as none', () => {
  expect(differenceSd({ sigma: 1, rho: null })).toBeCloseTo(Math.SQRT2, 14);
  expect(differenceSd({ sigma: 1 })).toBeCloseTo(Math.SQRT2, 14);
  expect(differenceSd({ sigma: 3, rho: 0.5 })).toBeCloseTo(3, 14);
});

test('a replicate that is no number is an error', () => {
  expect(() => pooledNoise([replicates([1, Number.NaN])])).toThrow(NotFinite);
});
