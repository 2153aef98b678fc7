import type { Elite, MechanismContext, Trial } from '../../contract/mechanism.js';
import { random } from '../random.js';
import { LIMITS } from './limits.js';

/** All that a loop knows of itself; every trial and elite, scores as they were measured. */
export interface KnownToLoop extends Omit<MechanismContext, 'rnd' | 'budgetLeft'> {
  budgetLeft?: number;
  /** of the loop: with `t` it fixes the random numbers */
  seed: number;
}

/** To half the noise: what lies below it would only leak the low digits of single runs. */
export const roundScore = (value: number, sigma: number): number => {
  const unit = sigma / 2;
  if (!(unit > 0)) return value;
  const per = 1 / unit;
  // a product of units would leave crumbs of 1e-17 on most values
  const rounded = Number.isInteger(per)
    ? Math.round(value * per) / per
    : Number((Math.round(value / unit) * unit).toPrecision(12));
  return rounded + 0;
};

const roundedTrial = (trial: Trial, sigma: number): Trial => {
  const { scores, dy } = trial;
  if (scores === null) return trial;
  const { perTask } = scores;
  return {
    ...trial,
    scores: {
      ...scores,
      mean: roundScore(scores.mean, sigma),
      ...(perTask !== undefined && { perTask: perTask.map((one) => roundScore(one, sigma)) }),
    },
    dy: dy === null ? null : roundScore(dy, sigma),
  };
};

const remembered = new WeakMap<Trial, { sigma: number; rounded: Trial }>();

/** A trial never changes, and is told again at each step. */
const toldTrial = (trial: Trial, sigma: number): Trial => {
  const known = remembered.get(trial);
  if (known?.sigma === sigma) return known.rounded;
  const rounded = roundedTrial(trial, sigma);
  remembered.set(trial, { sigma, rounded });
  return rounded;
};

const roundedElite = (elite: Elite, sigma: number): Elite => ({
  ...elite,
  mean: roundScore(elite.mean, sigma),
  ...(elite.perTask !== undefined && { perTask: elite.perTask.map((one) => roundScore(one, sigma)) }),
});

/** What a mechanism is told: bounded, rounded, with random numbers that its place in the loop fixes. */
export const buildContext = (known: KnownToLoop): MechanismContext => {
  const { t, T, space, incumbent, noise, operators, priorStats, seed } = known;
  const { sigma } = noise;
  const draw = random('mechanism', seed, t);
  return {
    t,
    T,
    budgetLeft: known.budgetLeft ?? (T > 0 ? Math.max(0, 1 - t / T) : 0),
    space,
    incumbent: { ...incumbent, mean: roundScore(incumbent.mean, sigma) },
    trials: known.trials.slice(-LIMITS.trials).map((trial) => toldTrial(trial, sigma)),
    elites: known.elites.slice(-LIMITS.elites).map((elite) => roundedElite(elite, sigma)),
    noise,
    operators,
    rnd: Array.from({ length: LIMITS.rnd }, () => draw.next() * 2 ** 32),
    priorStats,
  };
};
