import { expect, test } from 'vitest';
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

test('later re-runs of the incumbent are worth more than the pairs that chose it', () => {
  const kept = experiment(1, 'keep', [9, 9.1, 9.2], { commit: 'base', values: [10, 10.1] });
  const later = experiment(2, 'inconclusive', [8.9, 9.4, 9.2], { commit: 'c1', values: [9.9, 10] });
  const found = replay(loop([10, 10, 10.2], [kept, later]), acceptanceOf({ rule: 'confirm', n: 2 }));
  const remeasured = found.verdicts[0]?.remeasured;
  expect(remeasured).toMatchObject({ how: 're-runs', n: 5, decidedBy: false });
  expect(remeasured?.gain).toBeCloseTo(10.0667 - 9.95, 3);
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

test('the run for the guards is fresh and counts as a re-run', () => {
  const kept = experiment(1, 'keep', [9]);
  kept.measurements.push(measured('candidate', 1000, 'c1', 9.7));
  const found = replay(
    loop([10, 10.2], [kept], { guarded: true }),
    acceptanceOf({ rule: 'strict', repeats: 2 }),
  );
  expect(found.verdicts[0]?.remeasured).toMatchObject({ how: 're-runs', n: 3 });
  expect(found.verdicts[0]?.remeasured?.gain).toBeCloseTo(0.4);
});
