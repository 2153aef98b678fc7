import { expect, test } from 'vitest';
import { replayText } from '../../../../src/report/terminal/replay-text.js';
import { replay } from '../../../../src/domain/replay/replay.js';
import {
  acceptanceOf,
  measured,
  recordedExperiment as experiment,
  recordedLoop,
} from '../../../support/recorded-loop.js';

/** Nobody wrote down the rule that these were kept by. */
const loop = (...[baseline, experiments, extra]: Parameters<typeof recordedLoop>) =>
  recordedLoop(baseline, experiments, { acceptance: null, ...extra });

const strict = acceptanceOf({ rule: 'strict' });

test('fresh pairs beside a keep say how much of it was real, with Student interval', () => {
  const kept = experiment(1, 'keep', [9, 10.2, 9.9], { commit: 'base', values: [10, 10.1] });
  const [verdict] = replay(loop([10], [kept]), strict).verdicts;
  expect(verdict?.gain).toBe(1);
  const found = verdict?.remeasured;
  expect(found).toMatchObject({ how: 'pairs', n: 2, decidedBy: false });
  expect(found?.gain).toBeCloseTo(0);
  // two differences -0.2 and 0.2: sd 0.2828, t(0.975, 1) = 12.706, so 0 +- 12.706 * 0.2
  expect(found?.interval?.[0]).toBeCloseTo(-2.5412, 3);
  expect(found?.interval?.[1]).toBeCloseTo(2.5412, 3);
});

test('pairs that the rule itself decided by are marked', () => {
  const kept = experiment(1, 'keep', [9, 9.1, 9.2], { commit: 'base', values: [10, 10.1] });
  const found = replay(loop([10, 10, 10.2], [kept]), acceptanceOf({ rule: 'confirm', n: 2 }));
  expect(found.verdicts[0]?.remeasured).toMatchObject({ how: 'pairs', decidedBy: true });
});

test('later re-runs apart from each other do not stand beside pairs: what drifted is in them', () => {
  const kept = experiment(1, 'keep', [9, 9.1, 9.2], { commit: 'base', values: [9, 9.1] });
  const later = experiment(2, 'discard', [9.5, 2, 2], { commit: 'c1', values: [2, 2.1] });
  const found = replay(loop([10, 10, 10.2], [kept, later]), acceptanceOf({ rule: 'strict', repeats: 3 }));
  const { remeasured } = found.verdicts[0] ?? {};
  expect(remeasured).toMatchObject({ how: 'pairs', n: 2 });
  expect(remeasured?.gain).toBeCloseTo(-0.1);
  expect(found.real.found).toBeCloseTo(-0.1);
});

test('of re-runs apart from each other a drifting metric makes gains: nothing is said to be real by them', () => {
  const copy = experiment(1, 'keep', [9.9]);
  const later = experiment(2, 'discard', [11, 5], { commit: 'c1', values: [4.9] });
  const found = replay(loop([10], [copy, later]), strict);
  expect(found.verdicts[0]?.remeasured).toMatchObject({ how: 're-runs' });
  expect(found.verdicts[0]?.remeasured?.gain).toBeCloseTo(5.1);
  expect(found.real).toMatchObject({ keeps: 1, remeasured: 0, share: null, found: 0 });
  const text = replayText(found, { columns: 160, all: false });
  expect(text).toContain('+5.1, 2 re-runs†');
  expect(text).toContain('None of the keeps was measured again in pairs');
});

test('runs of both in turns on one seed are pairs that nobody decided by, and come first', () => {
  const kept = experiment(1, 'keep', [9, 9.1, 9.2], { commit: 'base', values: [10, 10.1] });
  const reruns = [1, 2].flatMap((round) => [
    measured('incumbent', round, 'base', 5 + round),
    measured('incumbent', round, 'c1', 5.1 + round),
  ]);
  const options = acceptanceOf({ rule: 'confirm', n: 2 });
  const found = replay(loop([10, 10, 10.2], [kept], { reruns }), options);
  expect(found.verdicts[0]?.remeasured).toMatchObject({ how: 'pairs', n: 2, decidedBy: false });
  expect(found.real).toMatchObject({ remeasured: 1, decidedBy: 0, withoutGain: 1 });
});

test('pairs beside an incumbent that was overtaken are not among those that say what was real', () => {
  const kept = {
    ...experiment(2, 'keep', [9, 9, 9, 9], { commit: 'c1', values: [20, 10, 10] }),
    against: 1,
    overtaken: { from: 2, times: 1, pairs: 1 },
  };
  const first = experiment(1, 'keep', [9.5]);
  const found = replay(loop([10], [first, kept]), strict);
  expect(found.verdicts[1]?.remeasured).toMatchObject({ how: 'pairs', n: 2, gain: 1 });
});

test('the share of keeps without a gain counts only what was measured again', () => {
  const luck = experiment(1, 'keep', [9, 10.4, 10.2], { commit: 'base', values: [10, 10.1] });
  const real = experiment(2, 'keep', [8, 8.1, 8], { commit: 'c1', values: [10.3, 10.2] });
  const once = experiment(3, 'keep', [7]);
  const { real: said } = replay(loop([10], [luck, real, once]), strict);
  expect(said).toMatchObject({ keeps: 3, remeasured: 2, withoutGain: 1, share: 0.5 });
  expect(said.claimed).toBeCloseTo(2);
  expect(said.found).toBeCloseTo(-0.25 + 2.2);
});

test('a single pair has an interval only where the noise is known', () => {
  const kept = experiment(1, 'keep', [9, 9.5], { commit: 'base', values: [10] });
  expect(replay(loop([10], [kept]), strict).verdicts[0]?.remeasured?.interval).toBeNull();
  const known = replay(loop([10], [kept]), strict, 0.1).verdicts[0]?.remeasured?.interval;
  expect(known?.[0]).toBeCloseTo(0.5 - 1.95996 * 0.1 * Math.SQRT2, 4);
});

test('the run for the guards is fresh and is shown as a re-run', () => {
  const kept = experiment(1, 'keep', [9]);
  kept.measurements.push(measured('candidate', 1000, 'c1', 9.7));
  const found = replay(
    loop([10, 10.2], [kept], { guarded: true }),
    acceptanceOf({ rule: 'strict', repeats: 2 }),
  );
  expect(found.verdicts[0]?.remeasured).toMatchObject({ how: 're-runs', n: 3 });
  expect(found.verdicts[0]?.remeasured?.gain).toBeCloseTo(0.4);
});

test('where only what was kept was run again, the recorded score of the old incumbent stands beside it', () => {
  const kept = experiment(1, 'keep', [9]);
  const next = experiment(2, 'keep', [8]);
  const reruns = [measured('incumbent', 1, 'c2', 9.2), measured('incumbent', 2, 'c2', 9.4)];
  const found = replay(loop([10], [kept, next], { reruns }), strict, 0.1);
  const again = found.verdicts[1]?.remeasured;
  expect(again).toMatchObject({ how: 're-runs', n: 2, only: 'candidate', decidedBy: false });
  expect(again?.gain).toBeCloseTo(9 - 9.3);
  expect(again?.interval?.[1]).toBeCloseTo(-0.3 + 1.95996 * 0.1 * Math.sqrt(1 / 2 + 1), 4);
  expect(found.real).toMatchObject({ keeps: 2, remeasured: 0, share: null });
});

test('where only the old incumbent was run again, that is shown, and the keep is not counted as measured again', () => {
  const kept = experiment(1, 'keep', [9]);
  const next = experiment(2, 'keep', [8]);
  const reruns = [measured('incumbent', 1, 'c1', 9.8)];
  const found = replay(loop([10], [kept, next], { reruns }), strict);
  const again = found.verdicts[1]?.remeasured;
  expect(again).toMatchObject({ n: 1, only: 'incumbent', interval: null });
  expect(again?.gain).toBeCloseTo(1.8);
  expect(found.verdicts[0]?.remeasured).toMatchObject({ n: 2 });
  expect(found.verdicts[0]?.remeasured?.only).toBeUndefined();
  expect(found.real).toMatchObject({ keeps: 2, remeasured: 0 });
  expect(replayText(found, { columns: 160, all: false })).toContain('+1.8, 1 re-runs† of the old');
});
