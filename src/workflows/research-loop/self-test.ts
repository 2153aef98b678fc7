import { CancellationScope, isCancellation, patched } from '@temporalio/workflow';
import type { AaWorld, SelfTest } from '../../contract/self-test.js';
import { baselineDrift } from '../../domain/noise/baseline-drift.js';
import { selfTest as testHere, untested, whereItRuns } from '../../domain/noise/self-test.js';
import { guardTest } from '../../domain/promotion/test-branch.js';
import { mean } from '../../domain/statistics.js';
import { selfTest } from './activities.js';
import type { Loop } from './loop.js';
import type { Trial } from './promotion/trial.js';

const SUMMARY = 'A/A self-test: how often the rule keeps copies';

/** Loops that began before the test was an activity make it in their own step. */
const known = (world: AaWorld): SelfTest | null =>
  untested(world) ?? (patched('self-test as an activity') ? null : testHere(world));

/** Calls back in this step where no test is needed, else when there is an answer and the loop goes on. */
const test = (loop: Loop, world: AaWorld, then: (tested: SelfTest) => void): void => {
  const tested = known(world);
  if (tested === null) void testBeside(loop, world, then);
  else then(tested);
};

const testBeside = async (loop: Loop, world: AaWorld, then: (tested: SelfTest) => void): Promise<void> => {
  const scope = new CancellationScope({ cancellable: true });
  loop.notes.add(scope);
  try {
    const tested = await scope.run(() => selfTest.executeWithOptions({ summary: SUMMARY }, [world]));
    if (loop.stopping === null) then(tested);
  } catch (error) {
    if (!isCancellation(error)) throw error;
  } finally {
    loop.notes.delete(scope);
    loop.changed = true;
  }
};

/** The task's rule on runs of one artifact. */
const worldOf = ({ input }: Loop, values: readonly number[], crashing = 0): AaWorld => {
  const { acceptance, measure, seed } = input.task;
  return { acceptance, direction: measure.metric.direction, values, crashing, seed };
};

export const testRule = (loop: Loop, values: readonly number[], then: (tested: SelfTest) => void): void => {
  test(loop, worldOf(loop, values), then);
};

/** The same on the baseline's repeats, in the order in which they were made: where they drift, copies do. */
export const testOnBaseline = async (
  loop: Loop,
  repeats: readonly number[],
  crashing: number,
): Promise<SelfTest> => {
  const drift = baselineDrift(repeats);
  const world = worldOf(loop, repeats, crashing);
  const drifting = drift !== null && patched('drift of the baseline') ? { ...world, ...drift } : world;
  return known(drifting) ?? (await selfTest.executeWithOptions({ summary: SUMMARY }, [drifting]));
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
  const inForce = loop.state.promotion ?? begun.promotion;
  const values = standing.map(({ value }) => value);
  const world = {
    ...worldOf(loop, values),
    differences: aroundTheirMean(trial),
    promotion: guardTest(inForce, begun.promotion.options.guarded === true).options,
    seed: loop.input.task.seed + trial.prepared.experiment,
  };
  test(loop, world, ({ refusal }) => {
    if (refusal !== null)
      loop.halt(`the new trunk was measured, and its noise is another. ${whereItRuns(refusal)}`);
  });
};
