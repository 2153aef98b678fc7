import type { EvidenceName, EvidenceOptions, Sums, TestState } from '../../contract/evidence.js';
import { EVIDENCE } from './evidence.js';
import { finite } from './not-finite.js';
import { addToSums, NO_SUMS } from './sums.js';
import { z } from './z.js';

/** A sequential test of "the mean difference is above 0", asked after each difference. JSON. */
export interface SequentialTest {
  process: EvidenceName;
  /** sd 0 means a metric without noise: one difference decides, by delta */
  options: EvidenceOptions;
  /** chance of a false keep that is accepted */
  alpha: number;
  /** chance that an effect of delta is given up by futility; null where sd isn't known well enough to say */
  beta: number | null;
  nmax: number;
}

export type TestVerdict = 'keep' | 'revert' | 'more';

export const startTest = ({ process }: SequentialTest): TestState => ({
  evidence: EVIDENCE[process].empty,
  sums: NO_SUMS,
});

/** Whether the effect that is looked for has become implausible. */
export const isFutile = ({ beta, options }: Pick<SequentialTest, 'beta' | 'options'>, sums: Sums): boolean =>
  beta !== null && z.logE(sums, options) <= Math.log(beta);

/**
 * Keep at logE >= ln(1/alpha) (and more won than lost: `mz` sees both sides), revert at nmax or when futile: the
 * z-likelihood of delta has fallen to beta. Futility only gives up earlier, so it cannot hurt validity: false keep
 * <= alpha per candidate, whenever one looks. (Wald 1945; Ville 1939.)
 */
export const keepStep = (
  test: SequentialTest,
  state: TestState,
  d: number,
): { state: TestState; decision: TestVerdict; logE: number } => {
  const { options } = test;
  if (options.sd === 0) {
    const decision = finite(d, 'a difference') > 0 && d >= options.delta ? 'keep' : 'revert';
    return { state: { ...state, sums: addToSums(state.sums, d) }, decision, logE: 0 };
  }
  const process = EVIDENCE[test.process];
  const evidence = process.add(state.evidence, d, options);
  const sums = addToSums(state.sums, d);
  const logE = process.logE(evidence, options);
  const next = { evidence, sums };
  if (logE >= -Math.log(test.alpha) && sums.sum > 0) return { state: next, decision: 'keep', logE };
  const ends = sums.n >= test.nmax || isFutile(test, sums);
  return { state: next, decision: ends ? 'revert' : 'more', logE };
};
