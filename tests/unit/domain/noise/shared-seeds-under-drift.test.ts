import { expect, test } from 'vitest';
import { drifts } from '../../../../src/domain/noise/drift.js';
import { nextBatch } from '../../../../src/domain/noise/next-batch.js';
import { readNoise, type DeviceNoise } from '../../../../src/domain/noise/read-noise.js';
import { noiseRuns } from '../../../support/noise-runs.js';
import { normals } from '../../../support/normals.js';
import { studyRuns } from '../../../support/study-runs.js';

const STUDIES = 400;
const draw = normals('shared seeds', 1);

const only = (runs: ReturnType<typeof noiseRuns>): DeviceNoise => {
  const [found] = readNoise(runs).classes;
  if (found === undefined) throw new Error('no class');
  return found;
};

/** Share of studies of ten seeds whose interval covers the truth, for a metric of this correlation and this course. */
const covering = (rho: number, course: (at: number) => number): number => {
  const covers = Array.from({ length: STUDIES }, () => {
    const seeds = Array.from({ length: 10 }, () => Math.sqrt(rho) * draw());
    const score = (seed: number, at: number) => (seeds[seed] ?? 0) + Math.sqrt(1 - rho) * draw() + course(at);
    const [low, high] = only(studyRuns(10, score)).shared?.interval ?? [1, 1];
    return low <= rho && rho <= high;
  });
  return covers.filter(Boolean).length / STUDIES;
};

test.each([0.3, 1, 5])(
  'a seed that is never used is not found alike under a drift of %d sd a run',
  (perRun) => {
    expect(covering(0, (at) => perRun * at)).toBeGreaterThan(0.92);
  },
);

test('nor where the metric warms up and then stays', () => {
  expect(covering(0, (at) => -6 * Math.exp(-at / 4))).toBeGreaterThan(0.9);
});

test.each([0, 0.5, 0.8])('without a drift the interval covers the correlation of %d as it did', (rho) => {
  const share = covering(rho, () => 0);
  expect(share).toBeGreaterThan(0.92);
  expect(share).toBeLessThan(0.98);
});

test('a correlation of .8 is found, also under a drift', () => {
  for (const perRun of [0, 1]) {
    const seeds = Array.from({ length: 40 }, () => Math.sqrt(0.8) * draw());
    const score = (seed: number, at: number) => (seeds[seed] ?? 0) + Math.sqrt(0.2) * draw() + perRun * at;
    const { shared } = only(studyRuns(40, score));
    expect(shared?.interval[0]).toBeGreaterThan(0.5);
    expect(shared?.rho).toBeLessThan(0.95);
  }
});

test('a study from before, whose runs of a seed follow each other, is read without its drift', () => {
  const pairs = Array.from(
    { length: 10 },
    (_, seed) => [0.94 * seed + draw(), 0.94 * (seed + 0.5) + draw()] as [number, number],
  );
  const { shared, drift } = only(noiseRuns(pairs));
  expect(drifts(drift)).toBe(true);
  expect(drift.perRun).toBeGreaterThan(0.3);
  expect(drift.perRun).toBeLessThan(0.65);
  expect(shared?.interval[0]).toBeLessThan(0);
});

test('a drift is seen by luck about once in a hundred studies, however alike runs of a seed are', () => {
  for (const rho of [0, 0.9]) {
    const seen = Array.from({ length: 1000 }, () => {
      const seeds = Array.from({ length: 10 }, () => Math.sqrt(rho) * draw());
      return only(studyRuns(10, (seed) => (seeds[seed] ?? 0) + Math.sqrt(1 - rho) * draw())).drift;
    }).filter(drifts).length;
    expect(seen).toBeGreaterThan(1);
    expect(seen).toBeLessThan(22);
  }
});

test.each([4, 10, 25])('of %d seeds none is run twice in a row, and each is run twice', (seeds) => {
  const order = studyRuns(seeds, (seed) => seed).map(({ seed }) => seed);
  expect(order).toHaveLength(2 * seeds);
  expect(order.every((seed, at) => seed !== order[at + 1])).toBe(true);
  expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 * seeds }, (_, at) => at >> 1));
});

test('a study begins with one run, and ends after three seeds where nothing varies', () => {
  expect(nextBatch([], 10)).toEqual([{ seed: 0, arm: 0 }]);
  expect(studyRuns(40, () => 5)).toHaveLength(6);
  expect(studyRuns(40, (_, at) => (at < 5 ? 5 : 6))).toHaveLength(80);
});
