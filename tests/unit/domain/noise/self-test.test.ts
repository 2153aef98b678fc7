import { expect, test } from 'vitest';
import type { Acceptance } from '../../../../src/contract/task-schema.js';
import { aaTest } from '../../../../src/domain/noise/aa-test.js';
import { USUAL_TARGET } from '../../../../src/domain/noise/keep-target.js';
import { baselineRuns } from '../../../../src/domain/noise/baseline-runs.js';
import { selfTest } from '../../../../src/domain/noise/self-test.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { normals } from '../../../support/normals.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const direction = 'minimize' as const;
const draw = normals(5);
const ten = Array.from({ length: 10 }, () => 3 + 0.2 * draw());
const worldOf = (acceptance: Acceptance, values: readonly number[] = ten) => ({
  acceptance,
  direction,
  values,
  seed: 1,
});

test('strict keeps every second copy of a noisy metric, and no loop starts on that', () => {
  const acceptance = acceptanceOf({ rule: 'strict', repeats: 3 });
  const found = aaTest(worldOf(acceptance, ten.slice(0, 3)));
  expect(found.rate).toBeGreaterThan(0.42);
  expect(found.rate).toBeLessThan(0.58);
  const { refusal } = selfTest(worldOf(acceptance, ten.slice(0, 3)));
  expect(refusal).toMatch(/strict would keep [45]\d % \(\d+ of 400, [34]\d–5\d %\) of candidates/);
  expect(refusal).toContain('20 % is accepted (acceptance.falseKeeps)');
  expect(refusal).toMatch(
    /rule: branch\+promote \(\d+ of \d+, .+ %\), or rule: screen\+sprt .*minEffect: 0\.\d+ \(/,
  );
});

test.each(['floor', 'confirm', 'paired-t', 'sprt', 'screen+sprt', 'intensify', 'branch+promote'] as const)(
  '%s stays under the usual target on normal noise',
  (rule) => {
    const acceptance = acceptanceOf({ rule });
    const { words, refusal } = selfTest(worldOf(acceptance, ten.slice(0, baselineRuns(acceptance))));
    expect(refusal).toBeNull();
    expect(words).toMatch(
      new RegExp(
        `A/A: ${rule.replace('+', '\\+')} keeps \\d+ of 400 copies of it \\([\\d.]+–[\\d.]+ %\\), up to 20 % accepted`,
      ),
    );
  },
);

test('a change that the refusal names makes the loop start', () => {
  const strict = acceptanceOf({ rule: 'strict', repeats: 10 });
  const { refusal } = selfTest(worldOf(strict));
  const effect = Number(/minEffect: (\S+) /.exec(refusal ?? '')?.[1]);
  expect(effect).toBeGreaterThan(0);
  const minEffect = { value: effect, relative: false };
  expect(selfTest(worldOf({ ...strict, minEffect })).refusal).toBeNull();
  expect(selfTest(worldOf(acceptanceOf({ rule: 'branch+promote' }))).refusal).toBeNull();
  expect(selfTest(worldOf({ ...strict, falseKeeps: 1 })).refusal).toBeNull();
});

test('a target of its own is held against the rule, and one that no rule meets says only what may be done', () => {
  const acceptance = acceptanceOf({ rule: 'intensify', falseKeeps: 0.05 });
  expect(selfTest(worldOf(acceptance)).refusal).toContain('5 % is accepted');
  expect(selfTest(worldOf(acceptanceOf({ rule: 'intensify', falseKeeps: USUAL_TARGET }))).refusal).toBeNull();
});

test('a metric without noise is never refused, and one run says that its noise is not known', () => {
  const strict = acceptanceOf({ rule: 'strict' });
  expect(selfTest(worldOf(strict, [2, 2, 2]))).toEqual({ words: '', refusal: null });
  expect(selfTest(worldOf(strict, [2]))).toEqual({
    words: '; its noise is not known, and strict takes it for none',
    refusal: null,
  });
});

test('a task that asks for a test of its rule gets the runs that it takes; one that does not costs nothing more', () => {
  expect(baselineRuns(acceptanceOf({ rule: 'strict' }))).toBe(1);
  expect(baselineRuns(acceptanceOf({ rule: 'strict', falseKeeps: 0.1 }))).toBe(3);
  expect(baselineRuns(acceptanceOf({ rule: 'strict', falseKeeps: 1 }))).toBe(1);
  expect(baselineRuns(acceptanceOf({ rule: 'strict', falseKeeps: 0.1, repeats: 5 }))).toBe(5);
  expect(baselineRuns(acceptanceOf({ rule: 'branch+promote', falseKeeps: 0.1 }))).toBe(10);
});

test('a promotion test that was made for less noise is refused on a noisier trunk', () => {
  const acceptance = acceptanceOf({ rule: 'branch+promote' });
  const start = { direction, value: 3, n: 10, noise: { sigma: 0.02, n: 10 } };
  const promotion = promotionOptions(acceptance, start);
  expect(selfTest({ ...worldOf(acceptance), promotion }).refusal).toContain('A/A self-test: branch+promote');
  const calm = ten.map((value) => 3 + (value - 3) / 10);
  expect(selfTest({ ...worldOf(acceptance, calm), promotion }).refusal).toBeNull();
});

test('where seeds are shared the measured differences say more than the values', () => {
  const acceptance = acceptanceOf({ rule: 'branch+promote' });
  const promotion = promotionOptions(acceptance, {
    direction,
    value: 3,
    n: 10,
    noise: { sigma: 0.02, n: 10 },
  });
  const differences = ten.map((value) => (value - 3) / 10);
  expect(selfTest({ ...worldOf(acceptance), promotion, differences }).refusal).toBeNull();
});

test('crashes are in the world of the test: what crashes in half of its runs is kept half as often', () => {
  const acceptance = acceptanceOf({ rule: 'strict', repeats: 10, falseKeeps: 0.01 });
  const [clean, crashing] = [aaTest(worldOf(acceptance)), aaTest({ ...worldOf(acceptance), crashing: 0.5 })];
  expect(clean.rate - crashing.rate).toBeGreaterThan(0.1);
  expect(aaTest({ ...worldOf(acceptance), crashing: 0 })).toEqual(clean);
});

test('a rule that was seen to keep few enough at a first look holds, however many copies are judged for a better estimate', () => {
  for (let seed = 0; seed < 20; seed++) {
    const world = { ...worldOf(acceptanceOf({ rule: 'floor', repeats: 5, falseKeeps: 0.1 })), seed };
    expect(aaTest(world, 400).clones).toBe(400);
    expect(aaTest(world, 400).holds).toBe(aaTest(world).holds);
  }
});
