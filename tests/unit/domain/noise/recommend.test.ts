import { expect, test } from 'vitest';
import { pairsAffordable } from '../../../../src/domain/noise/pairs-affordable.js';
import { readNoise } from '../../../../src/domain/noise/read-noise.js';
import { recommend } from '../../../../src/domain/noise/recommend.js';
import { noiseRuns } from '../../../support/noise-runs.js';
import { taskWith } from '../../../support/loop-input.js';
import { normals } from '../../../support/normals.js';

const draws = normals(3);
const noisy = Array.from({ length: 10 }, (): [number, number] => [10 + draws(), 10 + draws()]);
const noiseOf = (pairs: Parameters<typeof noiseRuns>[0]) => {
  const [found] = readNoise(noiseRuns(pairs)).classes;
  if (found === undefined) throw new Error('no class');
  return found;
};

test('a metric without noise costs one run a candidate, in a loop that sees so by three of its own', () => {
  const still = noiseOf([[4, 4], [4, 4], [4, 4]]); // prettier-ignore
  const found = recommend(taskWith(), still);
  expect(found).toMatchObject({ acceptance: { rule: 'strict', repeats: 3 }, smallest: 0 });
});

const many = { acceptance: { rule: 'confirm', nmax: 200 } } as const;

test('a noisy one is tested on pairs; more time makes smaller gains visible', () => {
  const small = recommend(taskWith({ ...many, budget: { experiments: 10, wallClock: 300 } }), noiseOf(noisy));
  const large = recommend(
    taskWith({ ...many, budget: { experiments: 10, wallClock: 1200 } }),
    noiseOf(noisy),
  );
  expect(small.acceptance).toMatchObject({ rule: 'branch+promote', evidence: 'z', repeats: 10 });
  expect(small.affordable).toMatchObject({ pairs: 65, candidates: 1 });
  expect(large.affordable.pairs).toBe(200);
  // the test looks for half the noise of a pair: thrice the pairs show little more
  expect((small.smallest ?? 0) / (large.smallest ?? 1)).toBeGreaterThan(1.05);
  // what it says of as many pairs elsewhere
  const [forty] = large.sights.filter(({ pairs }) => pairs === 40);
  expect(forty?.effect ?? 0).toBeGreaterThan(small.smallest ?? Infinity);
});

test('a budget that pays for no pair sees nothing', () => {
  const task = taskWith({ budget: { experiments: 100, wallClock: 100 } });
  expect(recommend(task, noiseOf(noisy))).toMatchObject({ smallest: null, affordable: { pairs: 0 } });
});

test('a wanted gain far above the noise needs no pairs', () => {
  const task = taskWith({ acceptance: { rule: 'confirm', minEffect: 20 } });
  expect(recommend(task, noiseOf(noisy)).acceptance.rule).toBe('floor');
});

test('runs that fail or stray are bet on with a bound; a seed that decides everything calls for t', () => {
  const failing = recommend(taskWith(), noiseOf([...noisy, [null, 10]]));
  expect(failing.acceptance).toMatchObject({ evidence: 'bet' });
  expect(failing.acceptance.bound).toBeGreaterThan(0);
  const seeded = noiseOf([[1, 1], [2, 2], [3, 3], [2.5, 2.5]]); // prettier-ignore
  expect(recommend(taskWith(), seeded).acceptance.evidence).toBe('t');
});

test('time is shared out over concurrency and device hours, whichever ends first', () => {
  const of = (budget: object) => pairsAffordable(taskWith({ budget, concurrency: 4 }), 2, 10);
  expect(of({ experiments: 10, wallClock: 100 })).toMatchObject({ runs: 200, pairs: 9 });
  expect(of({ experiments: 10, wallClock: 100, deviceHours: 0.05 })).toMatchObject({ runs: 90, pairs: 4 });
  expect(of({ experiments: 10 })).toEqual({ pairs: 40, candidates: 10, runs: null });
});
