import { patched } from '@temporalio/workflow';
import { baselineDrift } from '../../domain/noise/baseline-drift.js';
import { selfTest, type SelfTest, whereItRuns } from '../../domain/noise/self-test.js';
import { guardTest } from '../../domain/promotion/test-branch.js';
import { mean } from '../../domain/statistics.js';
import type { Loop } from './loop.js';
import type { Trial } from './promotion/trial.js';

/** The task's rule on runs of one artifact. */
export const testRule = ({ input }: Loop, values: readonly number[], crashing = 0): SelfTest => {
  const { acceptance, measure, seed } = input.task;
  return selfTest({ acceptance, direction: measure.metric.direction, values, crashing, seed });
};

/** The same on the baseline's repeats, in the order in which they were made: where they drift, copies do. */
export const testOnBaseline = (loop: Loop, repeats: readonly number[], crashing: number): SelfTest => {
  const drift = baselineDrift(repeats);
  if (drift === null || !patched('drift of the baseline')) return testRule(loop, repeats, crashing);
  const { acceptance, measure, seed } = loop.input.task;
  return selfTest({ acceptance, direction: measure.metric.direction, crashing, seed, ...drift });
};

/** Differences of branch and trunk in the test, around their mean: what two copies would differ by. */
const aroundTheirMean = ({ pairs }: Trial): number[] => {
  const found = pairs.flatMap(({ stage, left, right }) =>
    stage === 'test' && left !== null && right !== null ? [left - right] : [],
  );
  const centre = mean(found);
  return found.map((one) => one - centre);
};

/** The test in force on the new trunk's own runs: one that is noisier than the baseline was pauses the loop. */
export const retestRule = (trial: Trial): void => {
  const { loop, standing, begun } = trial;
  const { acceptance, measure, seed } = loop.input.task;
  const { refusal } = selfTest({
    acceptance,
    direction: measure.metric.direction,
    values: standing.map(({ value }) => value),
    differences: aroundTheirMean(trial),
    promotion: guardTest(loop.state.promotion ?? begun.promotion, begun.promotion.options.guarded === true)
      .options,
    seed: seed + trial.prepared.experiment,
  });
  if (refusal !== null)
    loop.halt(`the new trunk was measured, and its noise is another. ${whereItRuns(refusal)}`);
};
