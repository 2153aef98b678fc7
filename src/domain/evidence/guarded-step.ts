import type { EvidenceName, EvidenceOptions, Sums, TestState } from '../../contract/evidence.js';
import type { Differences } from '../../contract/promotion.js';
import { isFutile, keepStep, type SequentialTest, type TestVerdict } from './keep-step.js';
import { widerSpread } from './spread.js';
import { t } from './t.js';

/** Differences of one test below which a spread that looks small says nothing. */
const LEAST = 3;

/** Half the noise of a pair, which is the least that any test looks for. */
const LEAST_EFFECT = 0.5;

/** Processes that are wrong where sd is. */
export const TRUSTS_SD: readonly EvidenceName[] = ['z', 'mz'];

/** The process that speaks for these differences: `t` in place of one that trusts in a smaller spread than they show. */
export const processFor = (
  { process, options }: Pick<SequentialTest, 'process' | 'options'>,
  sums: Sums,
  before: Differences,
): EvidenceName =>
  TRUSTS_SD.includes(process) && options.sd > 0 && widerSpread(sums, before, options.sd) !== null
    ? 't'
    : process;

const widened = (options: EvidenceOptions, wider: number): EvidenceOptions => {
  const sd = Math.max(options.sd, wider);
  return { ...options, sd, delta: Math.max(options.delta, LEAST_EFFECT * sd) };
};

/** As a step of `t`, with a futility that knows the spread as it is. */
const stepByT = (
  test: SequentialTest,
  next: TestState,
  wider: number,
): { state: TestState; decision: TestVerdict; logE: number } => {
  const { sums } = next;
  const logE = t.logE(sums, test.options);
  if (logE >= -Math.log(test.alpha) && sums.sum > 0) return { state: next, decision: 'keep', logE };
  const ends = sums.n >= test.nmax || isFutile({ ...test, options: widened(test.options, wider) }, sums);
  return { state: next, decision: ends ? 'revert' : 'more', logE };
};

/**
 * `keepStep` where the noise that was planned with may be wrong: `z` and `mz` keep only while the differences, alone and with
 * those of `before`, scatter no more than sd says, and not before there are three. Else `t` decides on the same differences.
 * A loss needs no such care: giving up early is never a false keep.
 */
export const guardedStep = (
  test: SequentialTest & { before: Differences },
  state: TestState,
  d: number,
): { state: TestState; decision: TestVerdict; logE: number } => {
  const step = keepStep(test, state, d);
  if (!TRUSTS_SD.includes(test.process) || test.options.sd === 0) return step;
  const { sums } = step.state;
  const wider = widerSpread(sums, test.before, test.options.sd);
  if (wider !== null) return stepByT(test, step.state, wider);
  if (step.decision !== 'keep' || sums.n >= LEAST) return step;
  return { ...step, decision: sums.n >= test.nmax ? 'revert' : 'more' };
};
