import { expect, test } from 'vitest';
import { HELD_OUT, TRAIN } from '../../../../src/domain/simulation/families.js';
import { openInstance } from '../../../../src/domain/simulation/instance.js';
import { type LoopSetting, PLAIN } from '../../../../src/domain/simulation/loop-setting.js';
import { DEFAULTS } from '../../../../src/domain/simulation/parameters.js';
import { type LoopEnd, runLoop } from '../../../../src/domain/simulation/run-loop.js';
import { mean } from '../../../../src/domain/statistics.js';
import { load, loadSource } from '../../../support/mechanism-library.js';

const FAMILIES = [...TRAIN, ...HELD_OUT];

const loops = (of: Partial<LoopSetting> = {}, count = 12): LoopEnd[] =>
  FAMILIES.flatMap((family) =>
    Array.from({ length: count }, (_, i) =>
      runLoop({
        ...PLAIN,
        parameters: DEFAULTS,
        instance: openInstance(family, `test/${String(i)}`),
        ...of,
      }),
    ),
  );

const longestStreak = ({ trials }: LoopEnd): number => {
  let [longest, now] = [0, 0];
  for (const { status } of trials) {
    now = status === 'keep' ? 0 : now + 1;
    longest = Math.max(longest, now);
  }
  return longest;
};

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

test('the deceptive proposer is stuck as models are: long streaks without a keep, few proposals over and over', () => {
  const ends = loops();
  expect(median(ends.map(longestStreak))).toBeGreaterThanOrEqual(14);
  expect(median(ends.map(({ trials }) => new Set(trials.map(({ key }) => key)).size))).toBeLessThanOrEqual(7);
  const random = loops({ prior: 'none', parameters: { ...DEFAULTS, window: 0 } });
  expect(median(random.map(({ trials }) => new Set(trials.map(({ key }) => key)).size))).toBeGreaterThan(14);
});

test('what a proposer believes is worth what it is worth: benign, neutral, deceptive', () => {
  const worth = (['benign', 'neutral', 'deceptive'] as const).map((prior) =>
    mean(loops({ prior }).map(({ value }) => value)),
  );
  expect(worth).toEqual(worth.toSorted((a, b) => b - a));
});

test('a loop is fixed by its setting', () => {
  expect(loops({}, 2)).toEqual(loops({}, 2));
});

test('the identity changes nothing, and its record shows that', async () => {
  const mechanism = await load('identity');
  const [plain, asked] = [loops({}, 3), loops({ mechanism }, 3)];
  expect(asked.map(({ trials }) => trials)).toEqual(plain.map(({ trials }) => trials));
  expect(asked.every(({ record }) => record.calls === 30 && record.nonIdentity === 0)).toBe(true);
});

test('a mechanism that is obeyed helps a stuck loop', async () => {
  const mechanism = await load('ucb1');
  const ends = loops({ mechanism });
  expect(mean(ends.map(({ value }) => value))).toBeGreaterThan(
    mean(loops().map(({ value }) => value)) + 0.15,
  );
  expect(ends.every(({ record }) => record.complied === 30)).toBe(true);
});

test('one that breaks is recorded, and the loop goes on without it', async () => {
  const mechanism = await loadSource(`export const meta = { name: 'late', domain: 'test', params: {} };
export const init = () => null;
export const propose = (c, s) => { if (c.t === 5) throw new Error('late'); return [{ why: '' }, s]; };
export const observe = (_, s) => s;`);
  const [end] = loops({ mechanism }, 1);
  expect(end?.record).toMatchObject({ calls: 6, faults: ['late'] });
  expect(end?.trials).toHaveLength(30);
});

test('without noise every keep is an improvement', () => {
  for (const { trials } of loops({ sigma: 0 }, 3)) {
    for (const { status, dy } of trials) if (status === 'keep') expect(dy).toBeGreaterThan(0);
  }
});

test('a crash is a trial without a score', () => {
  const crashes = loops().flatMap(({ trials }) => trials.filter(({ status }) => status === 'crash'));
  expect(crashes.length).toBeGreaterThan(0);
  expect(crashes.every(({ scores, dy }) => scores === null && dy === null)).toBe(true);
});
