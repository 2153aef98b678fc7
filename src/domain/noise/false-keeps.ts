import type { Measurement } from '../../contract/measurement.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { judgeBy, type Supply } from '../acceptance/judge-by.js';
import { normalQuantile } from '../distributions/normal.js';
import { random, type Random } from '../random.js';
import type { Direction } from '../score.js';
import { asJudged } from './as-judged.js';
import { baselineOfClones } from './baseline-of-clones.js';

/** How often a rule kept a copy of the incumbent. */
export interface FalseKeeps {
  clones: number;
  kept: number;
  rate: number;
  /** of 95 % (Wilson) */
  interval: [number, number];
  meanRuns: number;
  target: number;
  /** the interval reaches down to the target: nothing shows that the rule keeps more than it may */
  holds: boolean;
}

export interface CloneWorld {
  acceptance: Acceptance;
  direction: Direction;
  /** two measured values of the unchanged artifact on each seed */
  pairs: readonly (readonly [number, number])[];
  target: number;
}

/** False keeps that a rule without a promise of its own should stay under. */
export const USUAL_TARGET = 0.05;

const WITH_PROMISE: readonly Acceptance['rule'][] = ['paired-t', 'sprt', 'screen+sprt', 'branch+promote'];

/** Whether alpha bounds the false keeps of a rule. */
export const promisesAlpha = (rule: Acceptance['rule']): boolean => WITH_PROMISE.includes(rule);

/** The rate that a rule promises, or the usual one for rules that promise none. */
export const targetOf = ({ rule, alpha }: Acceptance): number => (promisesAlpha(rule) ? alpha : USUAL_TARGET);

/** Wilson's interval and what it says of the target. */
export const countKeeps = (
  { kept, clones }: { kept: number; clones: number },
  target: number,
): Omit<FalseKeeps, 'meanRuns'> => {
  if (clones === 0) return { clones, kept, rate: 0, interval: [0, 1], target, holds: true };
  const z = normalQuantile(0.975);
  const rate = kept / clones;
  const centre = (rate + (z * z) / (2 * clones)) / (1 + (z * z) / clones);
  const half =
    (z / (1 + (z * z) / clones)) * Math.sqrt((rate * (1 - rate)) / clones + (z * z) / (4 * clones * clones));
  const interval: [number, number] = [Math.max(0, centre - half), Math.min(1, centre + half)];
  return { clones, kept, rate, interval, target, holds: interval[0] <= target };
};

/** A run that was not made: a value handed to a rule. */
export const measured = (role: 'candidate' | 'incumbent', index: number, value: number): Measurement => ({
  role,
  index,
  commit: role,
  seed: index,
  status: 'ok',
  value,
  origin: 'measured',
  deviceClass: '',
  deviceSeconds: 0,
  detail: '',
});

/** Runs of two copies: each index draws a measured seed, and which of its two runs is whose. */
const copies = (pairs: CloneWorld['pairs'], draws: Random): Supply => {
  const drawn = new Map<number, readonly [number, number]>();
  return (role, index) => {
    let values = drawn.get(index);
    if (values === undefined) {
      const [a, b] = draws.pick(pairs);
      values = draws.next() < 0.5 ? [a, b] : [b, a];
      drawn.set(index, values);
    }
    return measured(role, index, role === 'candidate' ? values[0] : values[1]);
  };
};

/**
 * The A/A test by resampling the measured runs: each clone meets a baseline of its own, drawn as a loop would measure
 * it, and is judged by the rule itself. What isn't in the measured runs, a rare failure say, can't be in the answer.
 */
export const falseKeeps = (
  { acceptance: asked, direction, pairs, target }: CloneWorld,
  { clones, seed }: { clones: number; seed: number },
): FalseKeeps => {
  const acceptance = asJudged(asked);
  let [kept, runs] = [0, 0];
  for (let clone = 0; clone < clones; clone++) {
    const draws = random('a/a', seed, clone);
    const repeats = Array.from({ length: 100 }, () => draws.pick(draws.pick(pairs)));
    const start = baselineOfClones(repeats, acceptance);
    const incumbent = { commit: 'incumbent', value: start.value, n: start.n };
    const question = { direction, acceptance, candidate: 'candidate', incumbent, noise: start.noise };
    const judged = judgeBy(question, copies(pairs, draws));
    runs += judged.used.length;
    if (judged.known && judged.decision.outcome === 'keep') kept += 1;
  }
  return { ...countKeeps({ kept, clones }, target), meanRuns: clones === 0 ? 0 : runs / clones };
};
