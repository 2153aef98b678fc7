import type { CloneVerdict, NoiseResult } from '../../contract/noise.js';
import type { Acceptance, Task } from '../../contract/task-schema.js';
import { startShare, unstartable } from '../loop/startable.js';
import { drifts } from './drift.js';
import { countKeeps, falseKeeps, type FalseKeeps } from './false-keeps.js';
import { keepTarget } from './keep-target.js';
import { readNoise, runsBySeed, type DeviceNoise, type NoiseStudy } from './read-noise.js';
import { recommend, type Recommendation } from './recommend.js';
import { baselineRuns } from './baseline-runs.js';
import { withoutDrift } from './without-drift.js';

/** The A/A test of the task's rule, and of the one to change to where that fails. */
export interface SelfTest {
  rule: Acceptance['rule'];
  simulated: FalseKeeps;
  /** change from one run to the next that copies were judged under; null: nothing drifts */
  perRun: number | null;
  /** on real runs, where they were asked for */
  real: FalseKeeps | null;
  /** what the recommended rule would come to; null where nothing needs to change */
  instead: FalseKeeps | null;
  holds: boolean;
  /** why no loop starts, whatever its rule; null: one does */
  refusal: string | null;
}

/** Whether a loop starts from an artifact that crashes as often as this one. */
export interface Starts {
  /** share of runs that crashed */
  crashing: number;
  /** of loops with the task's acceptance, and with the recommended one; 0 where it is refused */
  share: { asked: number; recommended: number };
  refusal: string | null;
}

/** Everything that `autolift noise` says. JSON. */
export interface NoiseReport {
  v: 1;
  task: string;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  study: NoiseStudy;
  /** the device class that the recommendation is for: the one that the task prefers */
  device: string;
  recommendation: Recommendation;
  starts: Starts;
  selfTest: SelfTest | null;
  /** the runs themselves, so that the report can be read again without running anything */
  result: NoiseResult;
}

/** Copies that the simulated test judges. */
const CLONES = 2000;

const realOf = (clones: readonly CloneVerdict[], target: number): FalseKeeps | null => {
  if (clones.length === 0) return null;
  const kept = clones.filter(({ outcome }) => outcome === 'keep').length;
  const runs = clones.reduce((sum, one) => sum + one.runs, 0);
  return { ...countKeeps({ kept, clones: clones.length }, target), meanRuns: runs / clones.length };
};

const selfTestOf = (
  task: Task,
  result: NoiseResult,
  {
    recommendation,
    target: asked,
    noise: { device, drift },
    refusal,
  }: { recommendation: Recommendation; target?: number; noise: DeviceNoise; refusal: string | null },
): SelfTest => {
  const { acceptance } = task;
  const { direction } = task.measure.metric;
  const target = asked ?? keepTarget(acceptance);
  const perRun = drifts(drift) ? drift.perRun : null;
  const runs = result.runs.filter(({ deviceClass }) => deviceClass === device);
  const pairs = runsBySeed(perRun === null ? runs : withoutDrift(runs, drift));
  const test = (tried: Acceptance): FalseKeeps =>
    falseKeeps(
      { acceptance: tried, direction, pairs, target, ...(perRun === null ? {} : { perRun }) },
      { clones: refusal === null ? CLONES : 0, seed: task.seed },
    );
  const simulated = test(acceptance);
  const real = realOf(result.clones, target);
  const holds = refusal === null && simulated.holds && (real === null || real.holds);
  const instead =
    holds || refusal !== null
      ? null
      : test({ ...acceptance, ...recommendation.acceptance, alpha: Math.min(acceptance.alpha, target) });
  return { rule: acceptance.rule, simulated, perRun, real, instead, holds, refusal };
};

const startsOf = ({ acceptance }: Task, { runs, failed }: DeviceNoise, better: Recommendation): Starts => {
  const refusal = unstartable({ runs, crashes: failed });
  const crashing = failed / runs;
  const share = (tried: Acceptance): number =>
    refusal === null ? startShare(crashing, baselineRuns(tried)) : 0;
  const recommended = share({ ...acceptance, ...better.acceptance });
  return { crashing, share: { asked: share(acceptance), recommended }, refusal };
};

/** Reads a study for its task: noise, recommendation, and the A/A test where it is asked for. */
export const noiseReport = (
  task: Task,
  result: NoiseResult,
  { selfTest, target }: { selfTest: boolean; target?: number },
): NoiseReport => {
  const study = readNoise(result.runs);
  const preferred = [task.run.device].flat()[0];
  const found = study.classes.find(({ device }) => device === preferred) ?? study.classes[0];
  if (found === undefined) throw new RangeError('a study without runs says nothing');
  const noise: DeviceNoise = found;
  const recommendation = recommend(task, noise);
  const starts = startsOf(task, noise, recommendation);
  const { refusal } = starts;
  const about = {
    recommendation,
    noise,
    refusal,
    ...(target === undefined ? {} : { target }),
  };
  const { name, direction } = task.measure.metric;
  return {
    v: 1,
    task: task.name,
    metric: { name, direction },
    study,
    device: noise.device,
    recommendation,
    starts,
    selfTest: selfTest ? selfTestOf(task, result, about) : null,
    result,
  };
};
