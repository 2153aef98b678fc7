import type { TestState } from '../../contract/evidence.js';
import type { Differences, PromotionState } from '../../contract/promotion.js';
import { ENOUGH_FREEDOM } from '../acceptance/sequential-test.js';
import { guardedStep } from '../evidence/guarded-step.js';
import { keepStep, type SequentialTest, type TestVerdict } from '../evidence/keep-step.js';

const NONE: Differences = { squares: 0, df: 0 };

/** What pairs of earlier tests showed since the noise in force was set: once they are enough it is set by them. */
export const sinceSet = ({ differences }: Pick<PromotionState, 'differences'>): Differences =>
  differences.df < ENOUGH_FREEDOM ? differences : NONE;

/** One difference in a test of branch + promote. */
export const stepTest = (
  { options, differences }: Pick<PromotionState, 'options' | 'differences'>,
  { test, sofar }: { test: SequentialTest; sofar: TestState },
  d: number,
): { state: TestState; decision: TestVerdict } =>
  options.guarded === true
    ? guardedStep({ ...test, before: sinceSet({ differences }) }, sofar, d)
    : keepStep(test, sofar, d);
