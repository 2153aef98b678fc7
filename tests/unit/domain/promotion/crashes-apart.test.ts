import { expect, test } from 'vitest';
import type { Noise } from '../../../../src/contract/loop.js';
import type { PromotionState } from '../../../../src/contract/promotion.js';
import { afterPromotion } from '../../../../src/domain/promotion/after-promotion.js';
import type { MeasuredPair } from '../../../../src/domain/promotion/measured-pair.js';
import { openBranch } from '../../../../src/domain/promotion/open-branch.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { beginPruning, prune } from '../../../../src/domain/promotion/prune.js';
import { beginTest, guardTest, testBranch } from '../../../../src/domain/promotion/test-branch.js';
import { testInWords } from '../../../../src/domain/promotion/test-in-words.js';
import { random } from '../../../../src/domain/random.js';
import { normals } from '../../../support/normals.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const SIGMA = 0.5;
const direction = 'maximize';
const acceptance = acceptanceOf({ rule: 'branch+promote', evidence: 'bet', every: 8 });
const trunk = { experiment: 0, commit: 't', branchCommit: 't', value: 1, n: 10 };
const measured: Noise = { sigma: SIGMA, n: 10 };

interface Known {
  promotion: PromotionState;
  noise: Noise;
}

const opened = (): Known => {
  const options = promotionOptions(acceptance, { direction, value: 1, n: 10, noise: measured });
  const values = Array.from({ length: 10 }, () => 1);
  const { promotion } = openBranch(options, { trunk, values, direction });
  if (promotion === null) throw new Error('no branch was opened');
  return { promotion, noise: measured };
};

interface World {
  gain: number;
  crashing: number;
}

/** One promotion test of a branch, with what its pairs leave behind. */
const promote = ({ promotion, noise }: Known, { gain, crashing }: World, name: (string | number)[]) => {
  const chance = random('crashes', ...name);
  const draw = normals('runs', ...name);
  const begun = guardTest(beginTest({ ...promotion, branch: ['1'] }), true, true);
  const pairs: MeasuredPair[] = [];
  let [now, decision] = [begun, 'more'];
  for (let seed = 0; decision === 'more'; seed++) {
    const left = chance.next() < crashing ? null : 1 + gain + SIGMA * draw();
    const right = 1 + SIGMA * draw();
    pairs.push({ stage: 'test', without: null, seed, left, right });
    ({ state: now, decision } = testBranch(now, { left, right }));
  }
  const head = { promotion: begun, trunk, incumbent: trunk, provisional: [] };
  const end = decision === 'keep' ? 'promoted' : 'lost';
  const after = afterPromotion({ end, begun: head, now, trunk, pairs }, { acceptance, noise, direction });
  return { kept: decision === 'keep', after, pairs, begun };
};

/** The loop after so many tests of branches that crash every fourth time. */
const afterCrashes = (tests: number): Known => {
  let known = opened();
  for (let at = 0; at < tests; at++) {
    const { after } = promote(known, { gain: 0, crashing: 0.25 }, ['before', at]);
    if (after.state.promotion === null || after.noise === null) throw new Error('no branch is left');
    known = { promotion: after.state.promotion, noise: after.noise };
  }
  return known;
};

const share = (known: Known, world: World, name: string): number => {
  const tests = 600;
  const kept = Array.from({ length: tests }, (_, at) => promote(known, world, [name, at]).kept);
  return kept.filter(Boolean).length / tests;
};

test('branches that crash leave the noise as it is, and the bound of a bet', () => {
  const { promotion, noise } = afterCrashes(60);
  expect(noise.sigma).toBe(SIGMA);
  expect(promotion.differences.df).toBeGreaterThan(30);
  const spread = Math.sqrt(promotion.differences.squares / promotion.differences.df);
  expect(spread / (SIGMA * Math.SQRT2)).toBeGreaterThan(0.8);
  expect(spread / (SIGMA * Math.SQRT2)).toBeLessThan(1.2);
  expect(promotion.options.noise.bound).toBeLessThan(1.2 * 4 * SIGMA * Math.SQRT2);
});

test('after them a real gain is promoted as often as before', () => {
  const gain = { gain: 2 * SIGMA, crashing: 0 };
  expect(share(afterCrashes(60), gain, 'gain')).toBeGreaterThan(share(opened(), gain, 'gain') - 0.1);
});

test.each([0, 0.05, 0.25])(
  'copies that crash with chance %d are kept no more often than alpha',
  (crashing) => {
    const most = acceptance.alpha + 2 * Math.sqrt((acceptance.alpha * (1 - acceptance.alpha)) / 600);
    expect(share(afterCrashes(60), { gain: 0, crashing }, 'copies')).toBeLessThanOrEqual(most);
  },
);

const pair = (left: number | null, right: number) => ({ left, right });

test('a crash counts against the branch and not in what its pairs scatter by', () => {
  const begun = guardTest(beginTest({ ...opened().promotion, branch: ['1'] }), true, true);
  const fed = [pair(1.3, 1), pair(null, 1), pair(1, 1.1), pair(1.3, 1)].reduce(
    (state, one) => testBranch(state, one).state,
    begun,
  );
  if (fed.phase.kind !== 'test') throw new Error('the test has ended');
  const { bound } = begun.options.noise;
  expect(fed.phase.test.sums).toMatchObject({ n: 4, sum: expect.closeTo(0.5 - bound, 10) });
  expect(fed.phase.scored).toMatchObject({ n: 3, sum: expect.closeTo(0.5, 10) });
});

test('nor does one of a branch without one of its changes', () => {
  const state = { ...opened().promotion, branch: ['1', '2'] };
  const pruning = beginPruning({ ...state, options: { ...state.options, margin: 1, crashesApart: true } });
  const fed = [pair(1, 1.2), pair(1, 1.4), pair(null, 1)].reduce(prune, pruning);
  expect(fed.phase).toMatchObject({ kind: 'prune', at: 0 });
  expect(fed.differences).toEqual({ squares: expect.closeTo(0.02, 10), df: 1 });
});

test('a test from before that is decided as it was', () => {
  const begun = guardTest(beginTest({ ...opened().promotion, branch: ['1'] }), true);
  const fed = testBranch(testBranch(begun, pair(1.3, 1)).state, pair(null, 1)).state;
  expect(fed.phase).not.toHaveProperty('scored');
});

test('what is said of a test tells which of its pairs were crashes', () => {
  const { begun, pairs } = promote(opened(), { gain: 0, crashing: 1 }, ['words']);
  const said = testInWords({
    options: begun.options,
    alpha: 0.05,
    direction,
    pairs,
    before: begun.differences,
  });
  expect(said.measured).toMatch(/pairs? \(\d+ failed runs? of the branch counted as -2\.8\d*\), e-value/);
});
