import { eLondAlpha } from '../evidence/e-lond.js';
import { startTest, type SequentialTest, type TestVerdict } from '../evidence/keep-step.js';
import { pairDifference } from './pair-difference.js';
import type { TestState } from '../../contract/evidence.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';
import { poolDifferences } from './pool-differences.js';
import { scoredOf, withScored } from './scored-pairs.js';
import { stepTest } from './step-test.js';

type Paired = { left: number | null; right: number | null };

const testOf = (options: PromotionOptions, alpha: number): SequentialTest => ({
  process: options.evidence,
  options: options.noise,
  alpha,
  beta: options.beta,
  nmax: options.nmax,
});

/** A gain that is real and still below the smallest that counts is no keep. */
const isEnough = ({ sums }: TestState, { least }: PromotionOptions): boolean => sums.sum / sums.n >= least;

/** The branch against the trunk, on seeds that neither was chosen by, at this test's own level. */
export const beginTest = (state: PromotionState): PromotionState => {
  const { options, levels } = state;
  const alpha = options.share ? eLondAlpha(options.alpha, levels) : options.alpha;
  return {
    ...state,
    levels: { ...levels, tests: levels.tests + 1 },
    phase: { kind: 'test', test: startTest(testOf(options, alpha)), alpha, spoilt: 0 },
  };
};

/** The same test with or without `t` standing by, and with crashes apart from the noise or not, as tests were before that. */
export const guardTest = (state: PromotionState, guarded: boolean, crashesApart = false): PromotionState => {
  const { guarded: _, crashesApart: __, ...options } = state.options;
  const set = { ...(guarded ? { guarded } : {}), ...(crashesApart ? { crashesApart } : {}) };
  return { ...state, options: { ...options, ...set } };
};

/** One pair of the promotion test: the state after it, and whether the branch has won or lost. */
export const testBranch = (
  state: PromotionState,
  paired: Paired,
): { state: PromotionState; decision: TestVerdict } => {
  const { phase, options } = state;
  if (phase.kind !== 'test') throw new RangeError('a pair was reported that nobody wanted');
  const next = { ...state, nextSeed: state.nextSeed + 1 };
  const d = pairDifference(options, paired);
  if (d === 'out') return { state: poolDifferences(next, scoredOf(phase)), decision: 'revert' };
  if (d === 'spoilt') {
    const spoilt = phase.spoilt + 1;
    if (spoilt >= options.nmax) return { state: poolDifferences(next, scoredOf(phase)), decision: 'revert' };
    return { state: { ...next, phase: { ...phase, spoilt } }, decision: 'more' };
  }
  const step = stepTest(state, { test: testOf(options, phase.alpha), sofar: phase.test }, d);
  const now = { ...phase, test: step.state, ...withScored(options, phase, { left: paired.left, d }) };
  const tested: PromotionState = { ...next, phase: now };
  if (step.decision === 'more') return { state: tested, decision: 'more' };
  const pooled = poolDifferences(tested, scoredOf(now));
  const { tests, keeps } = state.levels;
  return step.decision === 'keep' && isEnough(step.state, options)
    ? { state: { ...pooled, levels: { tests, keeps: keeps + 1 } }, decision: 'keep' }
    : { state: pooled, decision: 'revert' };
};
