import type { Acceptance } from '../../contract/task-schema.js';
import { normalQuantile } from '../distributions/normal.js';
import { random, type Random } from '../random.js';
import type { Direction } from '../score.js';
import { baselineOfClones } from './baseline-of-clones.js';
import { judgeCopy, type CopyRuns } from './judge-copy.js';

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

/**
 * Runs of copies: each index draws a measured seed, and which of its two runs is whose. More copies than were measured on
 * a seed are as far from its mean as copies were found to be, elsewhere.
 */
const copies = (pairs: CloneWorld['pairs'], draws: Random): CopyRuns => {
  const drawn = new Map<number, readonly [number, number]>();
  const others = new Map<string, number>();
  const pairAt = (index: number): readonly [number, number] => {
    const known = drawn.get(index);
    if (known !== undefined) return known;
    const [a, b] = draws.pick(pairs);
    const values = draws.next() < 0.5 ? ([a, b] as const) : ([b, a] as const);
    drawn.set(index, values);
    return values;
  };
  return (arm, index) => {
    const [ours, theirs] = pairAt(index);
    if (arm < 2) return arm === 1 ? ours : theirs;
    const key = `${String(arm)}/${String(index)}`;
    let value = others.get(key);
    if (value === undefined) {
      const [a, b] = draws.pick(pairs);
      value = (ours + theirs) / 2 + ((draws.next() < 0.5 ? 1 : -1) * (a - b)) / Math.SQRT2;
      others.set(key, value);
    }
    return value;
  };
};

/**
 * The A/A test by resampling the measured runs: each clone meets a baseline of its own, drawn as a loop would measure
 * it, and is judged by the rule itself. What isn't in the measured runs, a rare failure say, can't be in the answer.
 */
export const falseKeeps = (
  { acceptance, direction, pairs, target }: CloneWorld,
  { clones, seed }: { clones: number; seed: number },
): FalseKeeps => {
  let [kept, runs] = [0, 0];
  for (let clone = 0; clone < clones; clone++) {
    const draws = random('a/a', seed, clone);
    const repeats = Array.from({ length: 100 }, () => draws.pick(draws.pick(pairs)));
    const start = baselineOfClones(repeats, acceptance);
    const verdict = judgeCopy({ acceptance, direction }, start, copies(pairs, draws));
    runs += verdict.runs;
    kept += verdict.kept ? 1 : 0;
  }
  return { ...countKeeps({ kept, clones }, target), meanRuns: clones === 0 ? 0 : runs / clones };
};
