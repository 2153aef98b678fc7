import { ApplicationFailure, patched } from '@temporalio/workflow';
import { dataName } from '../../contract/loop-source.js';
import type { RunRecord } from '../../contract/measurement.js';
import { runRecord } from '../../domain/loop/experiment-row.js';
import { nextMean } from '../../domain/loop/on-deck.js';
import { evaluatorChanges, runOn } from './activities.js';
import type { Loop } from './loop.js';
import { deviceClassOf, runRequest, type RunPlan } from './run-request.js';

/** How one planned run gets its measurement: the only step that differs between levels. */
export type Measure = (loop: Loop, plan: RunPlan, idea: string) => Promise<RunRecord>;

const foreign = (reason: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${reason}: nothing is compared with it`, 'ForeignScore');

/** The run has read what the evaluator reads: had that changed meanwhile, its score would be another evaluator's. */
const checkEvaluatorData = async ({ input }: Loop): Promise<void> => {
  const { source, task } = input;
  if (!task.run.read.some((named) => source.environment?.[dataName(named)] !== undefined)) return;
  if (!patched('data of the evaluator')) return;
  const { changed } = await evaluatorChanges.executeWithOptions({ summary: "look at the evaluator's data" }, [
    { source, read: task.run.read },
  ]);
  if (changed.length > 0)
    throw foreign(
      `${changed.join(', ')} changed since the loop began (put it back, or stop the loop and go on with \`autolift epoch\`)`,
    );
};

/** Level 0: a run on the task's device queue. */
export const measureOnDevice: Measure = async (loop, plan, idea) => {
  const { input, state } = loop;
  const request = runRequest(input, plan, state.trustClaims);
  const run = plan.index === 0 ? '' : `, run ${String(plan.index + 1)}`;
  const nth = plan.seed === undefined ? run : `, seed ${String(plan.seed)}`;
  const what = plan.role === 'baseline' ? 'baseline' : `experiment ${String(plan.experiment)}`;
  const whose = plan.role === 'incumbent' ? ' (incumbent again)' : '';
  const report = await runOn(input.task, deviceClassOf(input)).executeWithOptions(
    { summary: `${what}${nth}${whose}: ${idea}`.slice(0, 200) },
    [request],
  );
  if (report.evaluatorHash !== null && report.evaluatorHash !== input.source.evaluatorHash) {
    const hash = report.evaluatorHash.slice(0, 12);
    throw foreign(`a run was scored by the evaluator ${hash}, which is not this loop's`);
  }
  await checkEvaluatorData(loop);
  const record = runRecord(request, report, plan.index);
  loop.state = {
    ...loop.state,
    meanRunSeconds: nextMean(loop.state.meanRunSeconds, record.deviceSeconds),
    spent: { ...loop.state.spent, deviceSeconds: loop.state.spent.deviceSeconds + record.deviceSeconds },
  };
  return record;
};
