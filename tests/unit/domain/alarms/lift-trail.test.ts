import { expect, test } from 'vitest';
import type { LoopState } from '../../../../src/contract/loop.js';
import type { RunRecord } from '../../../../src/contract/measurement.js';
import { addLift, costRefusal, idleLifts } from '../../../../src/domain/alarms/lift-trail.js';
import { times } from '../../../support/draws.js';

const before = { experiment: 0, commit: 'a', branchCommit: 'a', value: 1, n: 1 };
const run = (deviceSeconds: number, metrics: Record<string, number> = {}) =>
  ({ role: 'candidate', deviceSeconds, metrics }) as RunRecord;
const trailOf = (runs: readonly RunRecord[]) =>
  runs.reduce<LoopState['lifts']>(
    (trail, one, at) => addLift(trail, [one], { ...before, experiment: at }),
    undefined,
  );

/** What is refused after each lift, of costs in their order. */
const refusals = (costs: readonly number[], level = 1, deviceHours: number | null = 0.02) =>
  costs.map((_, at) => {
    const done = costs.slice(0, at + 1);
    const spent = { experiments: 0, dollars: 0, tokens: 0, deviceSeconds: done.reduce((a, b) => a + b, 0) };
    const lifts = trailOf(done.map((cost) => run(cost)));
    const budget = deviceHours === null ? {} : { deviceHours };
    return costRefusal({ lifts: lifts!, spent, budget }, { level });
  });

test('lifts that cost 2.2 times more each are refused before they pass the envelope', () => {
  const costs = times(12, (n) => 2.2 ** n);
  const at = refusals(costs).findIndex((one) => one !== null);
  expect(at).toBeGreaterThan(1);
  expect(costs.slice(0, at + 1).reduce((a, b) => a + b)).toBeLessThan(72);
  expect(refusals(costs)[at]).toContain('pass the envelope of 72.0');
});

test('costs that stay are never refused, nor is anything at the lowest level or without an envelope', () => {
  expect(refusals(times(12, (n) => (n % 2 === 0 ? 10 : 11))).every((one) => one === null)).toBe(true);
  const costs = times(12, (n) => 2.2 ** n);
  expect(refusals(costs, 0).every((one) => one === null)).toBe(true);
  expect(refusals(costs, 1, null).every((one) => one === null)).toBe(true);
});

const executing = (...counts: (number | null)[]) =>
  trailOf(counts.map((one) => run(1, one === null ? {} : { experiments: one })));

test('three keeps that executed fewer than six experiments go back to what stood before them', () => {
  expect(idleLifts(executing(8, 8, 1, 2, 2), 'R1')?.back.experiment).toBe(2);
  expect(idleLifts(executing(1, 2, 3), 'R1')).toBeNull();
  expect(idleLifts(executing(0, 0), 'R1')).toBeNull();
});

test('keeps that count no experiments are not judged by them', () => {
  expect(idleLifts(executing(0, null, 0), 'R1')).toBeNull();
});
