import { ApplicationFailure } from '@temporalio/workflow';
import type { NoiseRun } from '../../contract/noise.js';
import type { RunReport } from '../../contract/run-schema.js';
import { claimsOnly } from '../../domain/claims-only.js';
import { nextBatch, type StudyStep } from '../../domain/noise/next-batch.js';
import type { Study } from './study.js';

const toRun = (report: RunReport, { seed, arm }: StudyStep): NoiseRun => {
  const { prepare, run, measure, guards } = report.seconds;
  return {
    deviceClass: report.device.class,
    device: `${report.device.host} ${report.device.id}`,
    seed,
    arm,
    status: report.status,
    value: report.status === 'ok' ? report.value : null,
    detail: report.detail,
    seconds: prepare + run + measure + guards,
    startedAt: report.startedAt,
  };
};

const runOnce = async (study: Study, device: string, step: StudyStep): Promise<NoiseRun> => {
  const plan = { device, experiment: 0, index: step.seed, role: 'baseline' as const };
  let report = await study.measure({ ...plan, arm: step.arm === 0 ? 'a' : 'b' });
  if (claimsOnly(report)) {
    study.trustClaims = true;
    report = { ...report, status: 'ok', tampering: [] };
  }
  const made = toRun(report, step);
  study.runs.push(made);
  if (step.seed === 0 && step.arm === 0 && report.status !== 'ok') {
    const reason = `the unchanged artifact ended as ${report.status}: ${report.detail}`;
    throw ApplicationFailure.nonRetryable(reason, 'NoiseFailed');
  }
  return made;
};

/**
 * Every seed twice on one device class, as many at a time as the task's loop would have: neighbours are part of the
 * noise.
 */
export const repeatRuns = async (study: Study, device: string): Promise<void> => {
  const { repeats, task } = study.input;
  const made: NoiseRun[] = [];
  for (let steps = nextBatch(made, repeats); steps.length > 0; steps = nextBatch(made, repeats)) {
    const waiting = [...steps];
    const lane = async (): Promise<void> => {
      for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
        made.push(await runOnce(study, device, step));
    };
    await Promise.all(Array.from({ length: task.concurrency }, lane));
  }
  study.progress.planned -= 2 * repeats - made.length;
};
