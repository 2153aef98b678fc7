import type { CloneVerdict, NoiseResult } from '../../contract/noise.js';
import type { Acceptance, Task } from '../../contract/task-schema.js';
import { countKeeps, falseKeeps, type FalseKeeps } from './false-keeps.js';
import { keepTarget } from './keep-target.js';
import { pairsBySeed, readNoise, type DeviceNoise, type NoiseStudy } from './read-noise.js';
import { recommend, type Recommendation } from './recommend.js';

/** The A/A test of the task's rule, and of the one to change to where that fails. */
export interface SelfTest {
  rule: Acceptance['rule'];
  simulated: FalseKeeps;
  /** on real runs, where they were asked for */
  real: FalseKeeps | null;
  /** what the recommended rule would come to; null where nothing needs to change */
  instead: FalseKeeps | null;
  holds: boolean;
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
    device,
  }: { recommendation: Recommendation; target?: number; device: string },
): SelfTest => {
  const { acceptance } = task;
  const { direction } = task.measure.metric;
  const target = asked ?? keepTarget(acceptance);
  const pairs = pairsBySeed(result.runs.filter(({ deviceClass }) => deviceClass === device));
  const test = (tried: Acceptance): FalseKeeps =>
    falseKeeps({ acceptance: tried, direction, pairs, target }, { clones: CLONES, seed: task.seed });
  const simulated = test(acceptance);
  const real = realOf(result.clones, target);
  const holds = simulated.holds && (real === null || real.holds);
  const instead = holds
    ? null
    : test({ ...acceptance, ...recommendation.acceptance, alpha: Math.min(acceptance.alpha, target) });
  return { rule: acceptance.rule, simulated, real, instead, holds };
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
  const about = { recommendation, device: noise.device, ...(target === undefined ? {} : { target }) };
  const { name, direction } = task.measure.metric;
  return {
    v: 1,
    task: task.name,
    metric: { name, direction },
    study,
    device: noise.device,
    recommendation,
    selfTest: selfTest ? selfTestOf(task, result, about) : null,
    result,
  };
};
