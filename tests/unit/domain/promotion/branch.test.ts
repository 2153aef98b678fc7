import { expect, test } from 'vitest';
import type { Incumbent } from '../../../../src/contract/loop.js';
import { decide } from '../../../../src/domain/acceptance/decide.js';
import { affordableScouts } from '../../../../src/domain/promotion/affordable-scouts.js';
import { giveUp } from '../../../../src/domain/promotion/give-up.js';
import { openBranch } from '../../../../src/domain/promotion/open-branch.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { promotionStatus } from '../../../../src/domain/promotion/promotion-status.js';
import { promotionWords } from '../../../../src/domain/promotion/promotion-words.js';
import { takeScout } from '../../../../src/domain/promotion/take-scout.js';
import { testInWords, falseRate } from '../../../../src/domain/promotion/test-in-words.js';
import { taskWith } from '../../../support/loop-input.js';
import { measured } from '../../../support/recorded-loop.js';

const direction = 'minimize';
const trunk: Incumbent = { experiment: 0, commit: 't', branchCommit: 't', value: 10, n: 10 };
const values = [9, 11, 10, 10, 10, 10, 10, 10, 10, 10];
const noise = { sigma: 0.5, n: 10 };

const optionsWith = (extra: object = {}) => {
  const { acceptance } = taskWith({
    acceptance: { rule: 'branch+promote', every: 4, ...extra },
  });
  return promotionOptions(acceptance, { direction, value: 10, n: 10, noise });
};

const open = (extra: object = {}) => {
  const { promotion } = openBranch(optionsWith(extra), { trunk, values, direction });
  if (promotion === null) throw new Error('no branch');
  return promotion;
};

type Under = Parameters<typeof takeScout>[0];
type Told = { experiment: number; base: string; value: number | null };

/** Trunk and branch after these scouts, each with the commit `c<experiment>`. */
const scouted = (told: readonly Told[], extra: object = {}) => {
  let state = { promotion: open(extra), trunk, provisional: [], incumbent: trunk } as Under & {
    incumbent: Incumbent;
  };
  for (const { experiment, base, value } of told) {
    const scout = { experiment, base, commit: `c${String(experiment)}`, value, direction } as const;
    state = takeScout(state, state.incumbent, scout) as typeof state;
  }
  return state;
};

test('an opened branch scouts against the mean of the fresh runs of the unchanged artifact', () => {
  const promotion = open();
  expect(promotion).toMatchObject({ best: -10, branch: [], nextSeed: 10, phase: { kind: 'scout' } });
  expect(openBranch(optionsWith(), { trunk, values, direction }).incumbent).toEqual(trunk);
});

test('with paired scouts an empty branch is compared with the trunk on one seed', () => {
  const { incumbent } = openBranch(optionsWith({ pairedScouts: true }), { trunk, values, direction });
  expect(incumbent).toMatchObject({ experiment: 0, value: 9, n: 1 });
});

test('whatever beats the head becomes the head, and the trunk stays what stands', () => {
  const state = scouted([
    { experiment: 1, base: 't', value: 9 },
    { experiment: 2, base: 'c1', value: 9.5 },
    { experiment: 3, base: 'c1', value: 8 },
  ]);
  expect(state.promotion.branch).toEqual(['1', '3']);
  expect(state.incumbent).toEqual({ experiment: 3, commit: 'c3', branchCommit: 'c3', value: 8, n: 1 });
  expect(state.trunk).toEqual(trunk);
  expect(state.provisional).toEqual([
    { experiment: 1, base: 't', commit: 'c1', changes: [1] },
    { experiment: 3, base: 'c1', commit: 'c3', changes: [1, 3] },
  ]);
});

test('a scout made on an older head holds that one changes, and the branch is what the head holds', () => {
  const state = scouted([
    { experiment: 1, base: 't', value: 9 },
    { experiment: 2, base: 't', value: 8 },
  ]);
  expect(state.promotion.branch).toEqual(['2']);
});

test('a scout made on a head that was reset is all that lies between the trunk and it', () => {
  const state = scouted([{ experiment: 1, base: 'lost', value: 9 }]);
  expect(state.provisional).toEqual([{ experiment: 1, base: 't', commit: 'c1', changes: [1] }]);
});

test('a failed scout is counted and changes nothing; an epoch without a change begins anew', () => {
  const failed = (experiment: number) => ({ experiment, base: 't', value: null });
  expect(scouted([failed(1)]).promotion.scouted).toBe(1);
  const state = scouted([1, 2, 3, 4].map(failed));
  expect(state.promotion).toMatchObject({ scouted: 0, epoch: 1, phase: { kind: 'scout' } });
  expect(state.incumbent).toEqual(trunk);
});

test('the last scout of an epoch leads into the test', () => {
  const state = scouted([1, 2, 3, 4].map((n) => ({ experiment: n, base: 't', value: n === 2 ? 9 : 12 })));
  expect(state.promotion.phase.kind).toBe('test');
  expect(promotionStatus(state, null)).toMatchObject({
    phase: 'test',
    provisional: 1,
    head: { experiment: 2 },
  });
});

test('a branch that was given up is gone, its test and its seeds stay used', () => {
  const { promotion } = scouted([1, 2, 3, 4].map((n) => ({ experiment: n, base: 't', value: 10 - n })));
  const now = { ...promotion, nextSeed: 40, levels: { tests: 1, keeps: 1 } };
  expect(giveUp(promotion, now)).toMatchObject({
    branch: [],
    best: -10,
    nextSeed: 40,
    levels: { tests: 1, keeps: 0 },
    epoch: 1,
  });
});

test.each([
  // left, outstanding -> allowed of 10: each epoch of four costs a test too
  [100, 0, 10],
  [5, 0, 4],
  [6, 0, 4],
  [7, 0, 5],
  [3, 3, 1],
  [2, 0, 1],
  [1, 0, 1],
  [1, 1, 0],
  [0, 0, 0],
])('with %i experiments left and %i begun, %i may be begun', (left, outstanding, allowed) => {
  expect(affordableScouts(open(), { left, wanted: 10, outstanding })).toBe(allowed);
});

test('the last experiment of a branch that is not empty is its test', () => {
  const { promotion } = scouted([{ experiment: 1, base: 't', value: 9 }]);
  expect(affordableScouts(promotion, { left: 1, wanted: 10, outstanding: 0 })).toBe(0);
  expect(affordableScouts(promotion, { left: Infinity, wanted: 10, outstanding: 0 })).toBe(10);
});

const decided = (value: number, sigma: number) =>
  decide({
    direction,
    acceptance: taskWith({ acceptance: { rule: 'branch+promote' } }).acceptance,
    measurements: [measured('candidate', 0, 'c', value)],
    candidate: 'c',
    incumbent: trunk,
    noise: { sigma, n: 10 },
  });

test('a scout is provisional or discarded; without noise it is kept', () => {
  expect(decided(9.99, 0.5)).toMatchObject({ outcome: 'provisional' });
  expect(decided(10, 0.5)).toMatchObject({ outcome: 'discard' });
  expect(decided(9.99, 0)).toMatchObject({ outcome: 'keep' });
});

test('the margin of leave-one-out is the smallest effect, unless it is named', () => {
  expect(optionsWith().margin).toBe(0);
  expect(optionsWith({ minEffect: '5%' }).margin).toBeCloseTo(0.5);
  expect(optionsWith({ minEffect: '5%', margin: 0.4 }).margin).toBe(0.4);
});

test('a margin that nmax pairs cannot tell from nothing tests no change', () => {
  expect(optionsWith({ margin: 0.25 }).margin).toBe(0);
  expect(optionsWith({ margin: 0.25, nmax: 100 }).margin).toBe(0.25);
});

const pair = (seed: number, left: number | null, right: number) => ({
  stage: 'test' as const,
  without: null,
  seed,
  left,
  right,
});

test('the words of a test say gain, evidence and how it was lost', () => {
  const before = { squares: 0, df: 0 };
  const tested = { options: optionsWith({ nmax: 2 }), alpha: 0.05, direction, before } as const;
  const won = testInWords({ ...tested, pairs: [pair(1, 8, 10), pair(2, 8, 10)] });
  expect(won.measured).toMatch(/^better by 2 over 2 pairs, e-value .* of 20 \(z\)$/);
  expect(won.lost.outcome).toBe('inconclusive');
  expect(testInWords({ ...tested, pairs: [pair(1, 11, 10)] }).lost).toMatchObject({ outcome: 'discard' });
  const crashed = testInWords({ ...tested, pairs: [pair(1, 8, 10), pair(2, null, 10)] });
  expect(crashed.lost.reason).toContain('the branch failed on seed 2');
  expect(falseRate({ ...tested, pairs: [] })).toBe('a branch that is no better passes at most 5 % of tests');
});

test('status in words says what is provisional and when the next test is', () => {
  const { promotion, incumbent } = scouted([{ experiment: 1, base: 't', value: 9 }]);
  const status = promotionStatus({ promotion, incumbent }, null);
  expect(status === null ? '' : promotionWords(status, false)).toBe(
    '1 provisional change, next promotion test in 3 candidates',
  );
});
