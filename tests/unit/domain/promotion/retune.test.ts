import { expect, test } from 'vitest';
import { stepPromotion } from '../../../../src/domain/acceptance/promotion.js';
import { openBranch } from '../../../../src/domain/promotion/open-branch.js';
import { pairNoise } from '../../../../src/domain/promotion/pair-noise.js';
import { promotionOptions } from '../../../../src/domain/promotion/promotion-options.js';
import { retune } from '../../../../src/domain/promotion/retune.js';
import { pooledNoise } from '../../../../src/domain/evidence/pooled-noise.js';
import type { PromotionState } from '../../../../src/contract/promotion.js';
import { normals } from '../../../support/normals.js';
import { acceptanceOf } from '../../../support/recorded-loop.js';

const acceptance = acceptanceOf({ rule: 'branch+promote', every: 1, nmax: 200, minEffect: '10%' });
const noise = { sigma: 1, n: 10 };
const trunk = { experiment: 0, commit: 'start', branchCommit: 'start', value: 1, n: 10 };
const about = { trunk, noise, direction: 'maximize' as const };

const opened = (): PromotionState => {
  const options = promotionOptions(acceptance, { direction: 'maximize', value: 1, n: 10, noise });
  const { promotion } = openBranch(options, {
    trunk,
    values: Array.from({ length: 10 }, () => 1),
    direction: 'maximize',
  });
  if (promotion === null) throw new Error('no branch was opened');
  return promotion;
};

/** Tests of branches that are no better; most of the noise is shared by both arms. */
const losing = (state: PromotionState, rho: number, draw: () => number) => {
  let now = stepPromotion(state, { kind: 'scouted', change: 'a', value: 1e9 }).state;
  let pairs = 0;
  let kept = false;
  while (now.phase.kind === 'test') {
    const shared = Math.sqrt(rho) * draw();
    const own = () => shared + Math.sqrt(1 - rho) * draw();
    now = stepPromotion(now, { kind: 'paired', left: own(), right: own() }).state;
    pairs++;
    kept ||= now.phase.kind === 'seal';
  }
  return { now, pairs, kept };
};

test('the correlation under shared seeds is learnt from the pairs of tests that have ended', () => {
  const draw = normals(11);
  let state = opened();
  expect(state.options.noise.sd).toBeCloseTo(Math.SQRT2);
  for (let made = 0; made < 40; made++) {
    const { now, kept } = losing(state, 0.9, draw);
    if (!kept) state = retune(now, acceptance, about);
  }
  expect(state.differences.df).toBeGreaterThan(40);
  expect(state.options.noise.sd).toBeCloseTo(Math.sqrt(2 * (1 - 0.9)), 0);
  expect(pairNoise(noise, state.differences).rho).toBeGreaterThan(0.8);
});

test('what is learnt keeps false promotions at alpha, and gains are seen in fewer pairs', () => {
  const draw = normals(5);
  let [kept, tests, state] = [0, 0, opened()];
  for (; tests < 1500; tests++) {
    const ended = losing(state, 0.8, draw);
    if (ended.kept) kept++;
    else state = retune(ended.now, { ...acceptance, minEffect: { value: 0, relative: false } }, about);
  }
  expect(kept / tests).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt(0.05 / tests));
  expect(state.options.noise.sd).toBeLessThan(0.75);
});

test('too few pairs say nothing, and no pairs that agree are proof that none will differ', () => {
  expect(pairNoise(noise, { squares: 1, df: 8 })).toEqual(noise);
  expect(pairNoise(noise, { squares: 0, df: 30 }).rho).toBe(0.99);
  expect(pairNoise(noise, { squares: 4 * 30, df: 30 }).rho).toBe(-1);
});

test('it is what pooledNoise makes of two arms on shared seeds', () => {
  const draw = normals(3);
  const left = Array.from({ length: 12 }, (_, seed) => ({ seed, value: draw() }));
  const right = left.map(({ seed, value }) => ({ seed, value: value + 0.4 * draw() }));
  const pooled = pooledNoise([left, right]);
  const d = left.map(({ value }, at) => value - (right[at]?.value ?? 0));
  const centre = d.reduce((sum, one) => sum + one, 0) / d.length;
  const differences = { squares: d.reduce((sum, one) => sum + (one - centre) ** 2, 0), df: d.length - 1 };
  expect(pairNoise({ sigma: pooled.sigma, n: 23 }, differences).rho).toBeCloseTo(pooled.rho ?? 0);
});

test('a smallest effect in percent is one of the present trunk', () => {
  const state = opened();
  expect(state.options.least).toBeCloseTo(0.1);
  const better = retune(state, acceptance, { ...about, trunk: { ...trunk, value: 40 } });
  expect(better.options.least).toBeCloseTo(4);
  expect(better.options.noise.delta).toBeCloseTo(4);
});
