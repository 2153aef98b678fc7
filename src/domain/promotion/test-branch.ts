import { eLondAlpha } from '../evidence/e-lond.js';
import { keepStep, startTest, type SequentialTest, type TestVerdict } from '../evidence/keep-step.js';
import { pairDifference } from './pair-difference.js';
import type { TestState } from '../../contract/evidence.js';
import type { PromotionOptions, PromotionState } from '../../contract/promotion.js';
import { poolDifferences } from './pool-differences.js';

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

/** One pair of the promotion test: the state after it, and whether the branch has won or lost. */
export const testBranch = (
  state: PromotionState,
  paired: Paired,
): { state: PromotionState; decision: TestVerdict } => {
  const { phase, options } = state;
  if (phase.kind !== 'test') throw new RangeError('a pair was reported that nobody wanted');
  const next = { ...state, nextSeed: state.nextSeed + 1 };
  const d = pairDifference(options, paired);
  if (d === 'out') return { state: poolDifferences(next, phase.test), decision: 'revert' };
  if (d === 'spoilt') {
    const spoilt = phase.spoilt + 1;
    if (spoilt >= options.nmax) return { state: poolDifferences(next, phase.test), decision: 'revert' };
    return { state: { ...next, phase: { ...phase, spoilt } }, decision: 'more' };
  }
  const step = keepStep(testOf(options, phase.alpha), phase.test, d);
  const tested: PromotionState = { ...next, phase: { ...phase, test: step.state } };
  if (step.decision === 'more') return { state: tested, decision: 'more' };
  const pooled = poolDifferences(tested, step.state);
  const { tests, keeps } = state.levels;
  return step.decision === 'keep' && isEnough(step.state, options)
    ? { state: { ...pooled, levels: { tests, keeps: keeps + 1 } }, decision: 'keep' }
    : { state: pooled, decision: 'revert' };
};
