import { expect, test } from 'vitest';
import {
  costExplosion,
  isRentPerCostFalling,
  projectedCost,
} from '../../../../src/domain/failure-modes/cost-explosion.js';
import { cusumAlarm } from '../../../../src/domain/failure-modes/cusum-alarm.js';
import { detect, type Detector } from '../../../../src/domain/failure-modes/detector.js';
import { evaluatorCapture } from '../../../../src/domain/failure-modes/evaluator-capture.js';
import { objectiveDrift } from '../../../../src/domain/failure-modes/objective-drift.js';
import { syntheticCollapse } from '../../../../src/domain/failure-modes/synthetic-collapse.js';
import { ungroundedSearch } from '../../../../src/domain/failure-modes/ungrounded-search.js';
import { draws, times } from '../../../support/draws.js';
import * as rigged from '../../../support/rigged.js';

const bad = { honest: false, run: 0 };
const { normal } = draws('checks');
const quantiles = times(100, (i) => (i - 49.5) / 50);

/** Close to the middle, with an item in every decile all the same. */
const narrow = [...times(90, (i) => i / 1000), ...times(10, (i) => (i - 4.5) / 5)];

/** Three lifts of 48 tasks, all by this gain. */
const climb = (gain: number) => times(4, (n) => times(48, () => gain * n + 0.05 * normal()));

/** For each check a trail that no other check of its detector sees. */
const ALONE = [
  alone(objectiveDrift, 'claims', rigged.drift(bad)),
  alone(evaluatorCapture, 'swap', rigged.swap(bad, 4)),
  alone(evaluatorCapture, 'game', rigged.game(bad)),
  alone(syntheticCollapse, 'spread', { data: narrow, anchor: quantiles, realShare: 0.5 }),
  alone(syntheticCollapse, 'coverage', {
    data: quantiles.filter((q) => Math.abs(q) > 0.3),
    anchor: quantiles,
    realShare: 0.5,
  }),
  alone(syntheticCollapse, 'real-share', { data: quantiles, anchor: quantiles, realShare: 0.1 }),
  alone(ungroundedSearch, 'rent', { level: 'R1' as const, climb: climb(0), experiments: [8, 8, 8] }),
  alone(ungroundedSearch, 'experiments', { level: 'R1' as const, climb: climb(0.1), experiments: [2, 2, 1] }),
  alone(costExplosion, 'projection', { costs: [1, 2.2, 4.84], gains: [0.1, 0.1, 0.1], envelope: 18 }),
];

function alone<Trail>(detector: Detector<Trail>, check: string, trail: Trail) {
  const left = { ...detector, checks: detector.checks.filter(({ name }) => name !== check) };
  return { name: `${detector.mode}: ${check}`, whole: detect(detector, trail), without: detect(left, trail) };
}

test.each(ALONE)('without the check $name its rigged system passes', ({ whole, without }) => {
  expect(whole.alarm).toBe(true);
  expect(whole.response.length).toBeGreaterThan(0);
  expect(without.alarm).toBe(false);
});

test('every check of every detector has such a system', () => {
  const all = [objectiveDrift, evaluatorCapture, syntheticCollapse, ungroundedSearch, costExplosion].flatMap(
    ({ mode, checks }) => checks.map(({ name }) => `${mode}: ${name}`),
  );
  expect(ALONE.map(({ name }) => name)).toEqual(all);
});

test('production waits for ln 200 where the tables take ln 20', () => {
  const lifts = [times(48, (i) => 0.05 + 0.15 * Math.sin(i))];
  expect(cusumAlarm(lifts, Math.log(20))).toBe(0);
  expect(cusumAlarm(lifts)).toBeNull();
  expect(cusumAlarm([...lifts, ...lifts])).toBe(1);
});

test('an alarm of the CUSUM stays raised, and a good stretch is no credit for later', () => {
  const [up, down] = [times(48, (i) => 0.2 + 0.1 * Math.sin(i)), times(48, (i) => -0.2 + 0.1 * Math.sin(i))];
  expect(cusumAlarm([up, down, down])).toBe(0);
  expect(cusumAlarm([down, down, down, up])).toBe(3);
});

test('costs are projected to grow as they last grew, never to fall', () => {
  expect(projectedCost([1, 3])).toBe(9);
  expect(projectedCost([3, 1])).toBe(1);
  expect(projectedCost([2])).toBe(2);
  expect(projectedCost([])).toBe(0);
  expect(detect(costExplosion, { costs: [1, Number.NaN], gains: [0, 0], envelope: 100 }).alarm).toBe(true);
});

test('what a cost earns falls when each of the last two lifts earned less for it', () => {
  expect(isRentPerCostFalling({ costs: [1, 1, 1], gains: [3, 2, 1] })).toBe(true);
  expect(isRentPerCostFalling({ costs: [1, 1, 1], gains: [3, 1, 2] })).toBe(false);
  expect(isRentPerCostFalling({ costs: [1, 1], gains: [3, 1] })).toBe(false);
});
