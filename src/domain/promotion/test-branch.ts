import { eLondAlpha } from '../evidence/e-lond.js';
import { keepStep, startTest, type SequentialTest, type TestVerdict } from '../evidence/keep-step.js';
import { pairDifference } from './pair-difference.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';

type Paired = { left: number | null; right: number | null };

const testOf = (options: PromotionOptions, alpha: number): SequentialTest => ({
  process: options.evidence,
  options: options.noise,
  alpha,
  beta: options.beta,
  nmax: options.nmax,
});

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

/** One pair of the promotion test: the state after it, and whether the branch has won or lost. */
export const testBranch = (
  state: PromotionState,
  paired: Paired,
): { state: PromotionState; decision: TestVerdict } => {
  const { phase, options } = state;
  if (phase.kind !== 'test') throw new RangeError('a pair was reported that nobody wanted');
  const next = { ...state, nextSeed: state.nextSeed + 1 };
  const d = pairDifference(options, paired);
  if (d === 'out') return { state: next, decision: 'revert' };
  if (d === 'spoilt') {
    const spoilt = phase.spoilt + 1;
    const decision = spoilt >= options.nmax ? 'revert' : 'more';
    return { state: { ...next, phase: { ...phase, spoilt } }, decision };
  }
  const step = keepStep(testOf(options, phase.alpha), phase.test, d);
  const { decision } = step;
  const levels = decision === 'keep' ? { ...state.levels, keeps: state.levels.keeps + 1 } : state.levels;
  return { state: { ...next, levels, phase: { ...phase, test: step.state } }, decision };
};
