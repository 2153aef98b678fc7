import { expect, test } from 'vitest';
import type { Pace } from '../../../../src/contract/contest.js';
import { idleRungs, notePart, openPace } from '../../../../src/domain/contest/idle-rungs.js';

const BUDGET = 90;
const run = (seconds: number, status: 'ok' | 'crash' | 'timeout' = 'ok') => ({
  status,
  seconds: { prepare: 50, run: seconds, measure: 50, guards: 0 },
});

/** A loop's baseline, and rungs of a ninth and a third of the budget, by how long runs with a share of it take. */
const paceOf = (takes: (share: number) => number, shares = [1 / 9, 1 / 9, 1 / 3, 1 / 3]): Pace => {
  const begun = openPace([run(takes(1)), run(takes(1) * 1.02), run(takes(1) * 0.98)]);
  if (begun === null) throw new Error('the baseline went well');
  return shares.reduce((pace, share) => notePart(pace, run(takes(share)), share), begun);
};

test('a program that always runs at full length is told of, with how long it took', () => {
  const found = idleRungs(
    paceOf(() => 88),
    BUDGET,
  );
  expect(found?.why).toBe(
    "runs with 33 % of the budget and less take 1m 28s, whole ones 1m 28s: the program doesn't heed AUTOLIFT_BUDGET_SECONDS, so rungs cost as much as whole runs and tell no more",
  );
  expect(found?.fix).toContain('AUTOLIFT_FIDELITY');
});

test('one that is done within the smallest share is told that the budget is more than it needs', () => {
  const found = idleRungs(
    paceOf(() => 3),
    BUDGET,
  );
  expect(found?.why).toContain('all end within their share of the 1m 30s of run.budget');
  expect(found?.fix).toContain('set run.budget');
});

test.each([
  ['heeds its share', (share: number) => 88 * share],
  ['heeds it after half a minute of loading', (share: number) => 30 + 88 * share],
  ['needs longer for its start than for its work', (share: number) => 60 + 40 * share],
])('one that %s is not', (_, takes) => {
  expect(idleRungs(paceOf(takes), BUDGET)).toBeNull();
});

test('three runs are not enough, and a run that crashed or had the whole budget is none', () => {
  const three = paceOf(() => 88, [1 / 9, 1 / 9, 1 / 9]);
  expect(idleRungs(three, BUDGET)).toBeNull();
  expect(notePart(three, run(88), 1)).toBe(three);
  expect(notePart(three, run(88, 'crash'), 1 / 9)).toBe(three);
  expect(idleRungs(notePart(three, run(190, 'timeout'), 1 / 9), BUDGET)).not.toBeNull();
});

test('nothing is said where no whole run went well, or took no time', () => {
  expect(openPace([run(1, 'crash')])).toBeNull();
  expect(
    idleRungs(
      paceOf(() => 0),
      BUDGET,
    ),
  ).toBeNull();
});

test('of a long loop only the last runs are remembered', () => {
  const shares = Array.from({ length: 100 }, () => 1 / 9);
  expect(paceOf(() => 88, shares).parts).toHaveLength(16);
});
