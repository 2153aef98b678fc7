import type { RunRecord } from '../../contract/measurement.js';
import { runRecord } from '../../domain/loop/experiment-row.js';
import { nextMean } from '../../domain/loop/on-deck.js';
import { runOn } from './activities.js';
import type { Loop } from './loop.js';
import { deviceClassOf, runRequest, type RunPlan } from './run-request.js';

/** How one planned run gets its measurement: the only step that differs between levels. */
export type Measure = (loop: Loop, plan: RunPlan, idea: string) => Promise<RunRecord>;

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
  const record = runRecord(request, report, plan.index);
  loop.state = {
    ...loop.state,
    meanRunSeconds: nextMean(loop.state.meanRunSeconds, record.deviceSeconds),
    spent: { ...loop.state.spent, deviceSeconds: loop.state.spent.deviceSeconds + record.deviceSeconds },
  };
  return record;
};
