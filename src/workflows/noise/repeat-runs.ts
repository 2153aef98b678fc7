import { ApplicationFailure } from '@temporalio/workflow';
import type { NoiseRun } from '../../contract/noise.js';
import type { RunReport } from '../../contract/run-schema.js';
import { claimsOnly } from '../../domain/claims-only.js';
import type { Study } from './study.js';

/** A metric that gave one value on so many seeds, twice each, is taken to have no noise. */
const ENOUGH_SEEDS = 3;

const toRun = (report: RunReport, seed: number, arm: 0 | 1): NoiseRun => {
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

const runTwice = async (study: Study, device: string, seed: number): Promise<NoiseRun[]> => {
  const made: NoiseRun[] = [];
  for (const arm of [0, 1] as const) {
    const plan = { device, experiment: 0, index: seed, role: 'baseline' as const };
    let report = await study.measure({ ...plan, arm: arm === 0 ? 'a' : 'b' });
    if (claimsOnly(report)) {
      study.trustClaims = true;
      report = { ...report, status: 'ok', tampering: [] };
    }
    made.push(toRun(report, seed, arm));
    study.runs.push(toRun(report, seed, arm));
    if (seed === 0 && arm === 0 && report.status !== 'ok') {
      const reason = `the unchanged artifact ended as ${report.status}: ${report.detail}`;
      throw ApplicationFailure.nonRetryable(reason, 'NoiseFailed');
    }
  }
  return made;
};

const isStill = (runs: readonly NoiseRun[]): boolean =>
  new Set(runs.map(({ seed }) => seed)).size >= ENOUGH_SEEDS &&
  runs.every(({ value }) => value !== null && value === runs[0]?.value);

/**
 * Every seed twice on one device class, as many at a time as the task's loop would have: neighbours are part of the
 * noise. The two runs of a seed follow each other, as candidate and incumbent do. Ends early for a metric without noise.
 */
export const repeatRuns = async (study: Study, device: string): Promise<void> => {
  const { repeats, task } = study.input;
  const made = await runTwice(study, device, 0);
  let next = 1;
  const lane = async (): Promise<void> => {
    while (next < repeats && !isStill(made)) made.push(...(await runTwice(study, device, next++)));
  };
  await Promise.all(Array.from({ length: task.concurrency }, lane));
  study.progress.planned -= 2 * (repeats - next);
};
