import { startTest, type SequentialTest, type TestVerdict } from '../evidence/keep-step.js';
import { pairDifference } from './pair-difference.js';
import { poolDifferences } from './pool-differences.js';
import { scoredOf, withScored } from './scored-pairs.js';
import { stepTest } from './step-test.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';

/** Non-inferiority as a test of "difference + margin > 0", looking for the change that is worth nothing. */
const testOf = ({ evidence, noise, margin, alpha, beta, nmax }: PromotionOptions): SequentialTest => ({
  process: evidence,
  options: { ...noise, delta: margin, tau: margin, bound: noise.bound + margin },
  alpha,
  beta,
  nmax,
});

/** Leave-one-out over the branch's changes from the newest to the oldest; a lone change has just been tested. */
export const beginPruning = (state: PromotionState, at = state.branch.length - 1): PromotionState =>
  at < 0 || state.branch.length < 2 || state.options.margin <= 0
    ? { ...state, phase: { kind: 'seal' } }
    : { ...state, phase: { kind: 'prune', at, test: startTest(testOf(state.options)), spoilt: 0 } };

const settle = (state: PromotionState, at: number, decision: TestVerdict): PromotionState => {
  if (decision === 'more') return state;
  const branch = decision === 'keep' ? state.branch.toSpliced(at, 1) : state.branch;
  const pooled = state.phase.kind === 'prune' ? poolDifferences(state, scoredOf(state.phase)) : state;
  return beginPruning({ ...pooled, branch }, at - 1);
};

/** One pair "without the change" against "with it": the change goes if its absence costs surely less than the margin. */
export const prune = (
  state: PromotionState,
  paired: { left: number | null; right: number | null },
): PromotionState => {
  const { phase, options } = state;
  if (phase.kind !== 'prune') throw new RangeError('a pair was reported that nobody wanted');
  const next = { ...state, nextSeed: state.nextSeed + 1 };
  const d = pairDifference(options, paired);
  if (d === 'out') return settle(next, phase.at, 'revert');
  if (d === 'spoilt') {
    const spoilt = phase.spoilt + 1;
    const decision = spoilt >= options.nmax ? 'revert' : 'more';
    return settle({ ...next, phase: { ...phase, spoilt } }, phase.at, decision);
  }
  const lost = d + options.margin;
  const step = stepTest(state, { test: testOf(options), sofar: phase.test }, lost);
  const scored = withScored(options, phase, { left: paired.left, d: lost });
  return settle({ ...next, phase: { ...phase, test: step.state, ...scored } }, phase.at, step.decision);
};
