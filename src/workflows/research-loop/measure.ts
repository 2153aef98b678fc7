import { ApplicationFailure, patched } from '@temporalio/workflow';
import { dataName } from '../../contract/loop-source.js';
import type { RunRecord } from '../../contract/measurement.js';
import type { RunReport, RunRequest } from '../../contract/run-schema.js';
import { classOf } from '../../domain/device/preferences.js';
import { changedEnvironment, pinEnvironment } from '../../domain/loop/pin-environment.js';
import { runRecord } from '../../domain/loop/experiment-row.js';
import { nextMean } from '../../domain/loop/on-deck.js';
import { environmentChanges, evaluatorChanges, runOn } from './activities.js';
import { refuseForeign } from './device/refuse-foreign.js';
import type { Loop } from './loop.js';
import { runRequest, type RunPlan } from './run-request.js';
import { incumbentCurve, rememberCurve } from '../../domain/early-stop/known-curves.js';

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

/**
 * The evaluator has imported what its host has installed: with another version it would be another evaluator. Nothing to
 * wait for where nothing has changed: a step more would put the commands of recorded loops into another order.
 */
const otherEnvironment = (loop: Loop, { device }: RunReport): { before: string; after: string } | null => {
  const known = loop.state.environments ?? {};
  const { environments, before } = pinEnvironment(known, device);
  if (environments !== known) loop.state = { ...loop.state, environments };
  if (before === null || !patched('environment of the evaluator')) return null;
  return { before, after: device.environment ?? '' };
};

const refuseEnvironment = async (
  loop: Loop,
  { host }: RunReport['device'],
  other: { before: string; after: string },
): Promise<never> => {
  const summary = "look at what the evaluator's programs are";
  const { changed } = await environmentChanges.executeWithOptions({ summary }, [other]);
  const what = changedEnvironment(host, changed);
  loop.event('environment', what);
  throw foreign(
    `${what} changed since the loop began (put it back, or stop the loop and go on with \`autolift epoch\`)`,
  );
};

/** Counted while it is away. A promise more on its way would put the commands of recorded loops into another order. */
const runHere = (loop: Loop, summary: string, request: RunRequest): Promise<RunReport> => {
  const { task, loop: of } = loop.input;
  const report = runOn(task, { device: request.device, of }).executeWithOptions({ summary }, [request]);
  loop.onDevice.now += 1;
  const back = (): void => {
    loop.onDevice.now -= 1;
    loop.onDevice.ended += 1;
  };
  report.then(back, back);
  return report;
};

/** Level 0: a run on the task's device queue. */
export const measureOnDevice: Measure = async (loop, plan, idea) => {
  const { input, state } = loop;
  const device = classOf(input.task, state);
  const against = plan.mayStopEarly === true ? incumbentCurve(state.curves, state.incumbent, device) : [];
  const request = { ...runRequest(input, { ...plan, against }, state.trustClaims), device };
  const run = plan.index === 0 ? '' : `, run ${String(plan.index + 1)}`;
  const nth = plan.seed === undefined ? run : `, seed ${String(plan.seed)}`;
  const what = plan.role === 'baseline' ? 'baseline' : `experiment ${String(plan.experiment)}`;
  const whose = plan.role === 'incumbent' ? ' (incumbent again)' : '';
  const summary = `${what}${nth}${whose}: ${idea}`.slice(0, 200);
  const report = await runHere(loop, summary, request);
  refuseForeign(report, device);
  if (report.evaluatorHash !== null && report.evaluatorHash !== input.source.evaluatorHash) {
    const hash = report.evaluatorHash.slice(0, 12);
    throw foreign(`a run was scored by the evaluator ${hash}, which is not this loop's`);
  }
  await checkEvaluatorData(loop);
  const other = otherEnvironment(loop, report);
  if (other !== null) await refuseEnvironment(loop, report.device, other);
  const record = runRecord(request, report, plan.index);
  const { curves, incumbent } = loop.state;
  // a part of a run has another curve
  const isWhole = (plan.fidelity ?? 1) === 1;
  const known = isWhole ? rememberCurve(curves ?? [], record, incumbent) : (curves ?? []);
  loop.state = {
    ...loop.state,
    ...(known.length === 0 ? {} : { curves: known }),
    meanRunSeconds: nextMean(loop.state.meanRunSeconds, record.deviceSeconds / request.devices),
    spent: { ...loop.state.spent, deviceSeconds: loop.state.spent.deviceSeconds + record.deviceSeconds },
  };
  return record;
};
