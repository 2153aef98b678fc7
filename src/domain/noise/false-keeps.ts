import type { Acceptance } from '../../contract/task-schema.js';
import { normalQuantile } from '../distributions/normal.js';
import { random, type Random } from '../random.js';
import type { Direction } from '../score.js';
import { baselineOfClones } from './baseline-of-clones.js';
import { baselineRuns } from './baseline-runs.js';
import { judgeCopy, type CopyRuns } from './judge-copy.js';
import { ageOf, baselineUnderDrift, underDrift, worseWay } from './under-drift.js';

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

export type SeedPair = readonly [number | null, number | null];

export interface CloneWorld {
  acceptance: Acceptance;
  direction: Direction;
  /** two runs of the unchanged artifact on each seed, around the line where they drift; null: one that crashed */
  pairs: readonly SeedPair[];
  /** change from one run to the next; absent: the order of runs doesn't matter */
  perRun?: number;
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

const scoredOnly = (pairs: CloneWorld['pairs']): (readonly [number, number])[] =>
  pairs.flatMap(([a, b]) => (a === null || b === null ? [] : [[a, b] as const]));

/** Where a copy more would lie on a seed: between the two that were measured; crashed as often as they did. */
const centreOf = ([a, b]: SeedPair, draws: Random): number | null => {
  if (a !== null && b !== null) return (a + b) / 2;
  return draws.next() < 0.5 ? a : b;
};

/**
 * Runs of copies: each index draws a measured seed, and which of its two runs is whose. More copies than were measured on
 * a seed are as far from its mean as copies were found to be, elsewhere.
 */
const copies = (pairs: CloneWorld['pairs'], draws: Random): CopyRuns => {
  const scored = scoredOnly(pairs);
  const drawn = new Map<number, SeedPair>();
  const others = new Map<string, number | null>();
  const pairAt = (index: number): SeedPair => {
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
      const [a, b] = scored.length === 0 ? [0, 0] : draws.pick(scored);
      const apart = ((draws.next() < 0.5 ? 1 : -1) * (a - b)) / Math.SQRT2;
      const centre = centreOf([ours, theirs], draws);
      value = centre === null ? null : centre + apart;
      others.set(key, value);
    }
    return value;
  };
};

interface Resampling {
  clones: number;
  seed: number;
}

const oneWay = (
  { acceptance, direction, pairs, target, perRun = 0 }: CloneWorld,
  { clones, seed }: Resampling,
): FalseKeeps => {
  let [kept, runs] = [0, 0];
  for (let clone = 0; clone < clones; clone++) {
    const draws = random('a/a', seed, clone);
    const drawn = Array.from({ length: 100 }, () => draws.pick(draws.pick(pairs)));
    const repeats = drawn.filter((value) => value !== null).slice(0, baselineRuns(acceptance));
    const start = baselineOfClones(baselineUnderDrift(repeats, perRun), acceptance);
    const age = ageOf(perRun, draws);
    const verdict = judgeCopy(
      { acceptance, direction },
      start,
      underDrift(copies(pairs, draws), perRun, age),
    );
    runs += verdict.runs;
    kept += verdict.kept ? 1 : 0;
  }
  return { ...countKeeps({ kept, clones }, target), meanRuns: clones === 0 ? 0 : runs / clones };
};

/**
 * The A/A test by resampling the measured runs: each clone meets a baseline of its own, drawn as a loop would measure
 * it, and is judged by the rule itself; crashes come as they were measured, and a drift in the order of a loop's runs.
 * What isn't in the measured runs, a rare failure say, can't be in the answer.
 */
export const falseKeeps = (world: CloneWorld, how: Resampling): FalseKeeps =>
  worseWay(world.perRun ?? 0, (perRun) => oneWay({ ...world, perRun }, how));
