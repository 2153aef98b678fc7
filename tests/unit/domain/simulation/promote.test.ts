import { expect, test } from 'vitest';
import { HELD_OUT, TRAIN } from '../../../../src/domain/simulation/families.js';
import { openInstance } from '../../../../src/domain/simulation/instance.js';
import { PLAIN } from '../../../../src/domain/simulation/loop-setting.js';
import { DEFAULTS } from '../../../../src/domain/simulation/parameters.js';
import { type LoopEnd, runLoop } from '../../../../src/domain/simulation/run-loop.js';
import { mean } from '../../../../src/domain/statistics.js';

const loops = (promoteEvery: number | null, sigma: number): LoopEnd[] =>
  [...TRAIN, ...HELD_OUT].flatMap((family) =>
    Array.from({ length: 12 }, (_, i) =>
      runLoop({
        ...PLAIN,
        sigma,
        promoteEvery,
        parameters: DEFAULTS,
        instance: openInstance(family, `promote/${String(i)}`),
      }),
    ),
  );

const worth = (ends: readonly LoopEnd[]): number => mean(ends.map(({ value }) => value));

test('under noise branch + promote ends higher than one run a candidate, and says what its tests took', () => {
  const [floor, promoted] = [loops(null, 0.1), loops(3, 0.1)];
  expect(worth(promoted)).toBeGreaterThan(worth(floor) + 0.05);
  expect(floor.every(({ testRuns }) => testRuns === 0)).toBe(true);
  expect(promoted.every(({ trials }) => trials.length === 30)).toBe(true);
  expect(mean(promoted.map(({ testRuns }) => testRuns))).toBeGreaterThan(10);
});

test('what it vouches for is hardly ever worse than what it began with', () => {
  const worse = loops(3, 0.1).filter(({ value }) => value < 0);
  expect(worse.length).toBeLessThanOrEqual(3);
});

test('a loop that tests is fixed by its setting, too', () => {
  expect(loops(5, 0.1).map(({ value }) => value)).toEqual(loops(5, 0.1).map(({ value }) => value));
});
