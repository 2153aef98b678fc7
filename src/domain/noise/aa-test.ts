import type { AaWorld } from '../../contract/self-test.js';
import { random, type Random } from '../random.js';
import { mean, standardDeviation } from '../statistics.js';
import { inOneGo, type Steps } from '../steps.js';
import { baselineRuns } from './baseline-runs.js';
import { countKeeps, type FalseKeeps } from './false-keeps.js';
import { judgeCopy, type CopyRuns } from './judge-copy.js';
import { keepTarget } from './keep-target.js';
import { likeMeasured } from './like-measured.js';
import { ageOf, baselineUnderDrift, underDrift, worseOf } from './under-drift.js';
import { withCrashes } from './with-crashes.js';

/** Copies judged, at most: a standard error of 2 % at the usual target. */
export const CLONES = 400;
/** Looks at so many at a time: whoever is far below the target need not be looked at for longer. */
const BLOCK = 50;
/** A copy under `race` may be thousands of runs. */
const MOST_RUNS = 100_000;
/** Of these, so many to sharpen an answer that is known. */
const SHARPENING_RUNS = 20_000;
/** A t-statistic of so few differences can't be told from luck. */
const ENOUGH_DIFFERENCES = 8;

type Pair = (draws: Random) => readonly [candidate: number, incumbent: number];

/** Two arms on one seed: independent, or apart by a measured difference where there are enough of them. */
const pairsOf = ({ values, differences = [] }: AaWorld): Pair => {
  const one = likeMeasured(values);
  if (differences.length < ENOUGH_DIFFERENCES) return (draws) => [one(draws), one(draws)];
  const apart = likeMeasured(differences);
  return (draws) => {
    const value = one(draws);
    return [value + (draws.next() < 0.5 ? 1 : -1) * apart(draws), value];
  };
};

/** What a loop would start from if it measured the same artifact again; its noise is never taken for none. */
const baselineLike = ({ acceptance, values, perRun = 0 }: AaWorld, draws: Random) => {
  const one = likeMeasured(values);
  const level = Array.from({ length: baselineRuns(acceptance) }, () => one(draws));
  const runs = baselineUnderDrift(level, perRun);
  const sigma = standardDeviation(runs);
  const noise = { sigma: sigma === 0 ? standardDeviation(values) : sigma, n: runs.length };
  return { value: mean(runs), n: runs.length, noise };
};

/** Each copy's value on a seed: the first one beside the incumbent as they were measured, the rest by themselves. */
const runsOf = ({ values }: AaWorld, pair: Pair, draws: Random): CopyRuns => {
  const pairs = new Map<number, readonly [number, number]>();
  const others = new Map<string, number>();
  const one = likeMeasured(values);
  return (arm, index) => {
    if (arm > 1) {
      const key = `${String(arm)}/${String(index)}`;
      const value = others.get(key) ?? one(draws);
      others.set(key, value);
      return value;
    }
    const drawn = pairs.get(index) ?? pair(draws);
    pairs.set(index, drawn);
    return arm === 1 ? drawn[0] : drawn[1];
  };
};

function* oneWay(world: AaWorld, perRun: number, least: number): Steps<FalseKeeps> {
  const { acceptance, seed, crashing = 0 } = world;
  const target = keepTarget(acceptance);
  const pair = pairsOf(world);
  let [clones, kept, runs, below] = [0, 0, 0, false];
  while (clones < CLONES && runs < MOST_RUNS) {
    const draws = random('loop a/a', seed, clones);
    const start = baselineLike({ ...world, perRun }, draws);
    const age = ageOf(perRun, draws);
    const copies = withCrashes(runsOf(world, pair, draws), crashing, [seed, clones]);
    const verdict = judgeCopy(world, start, underDrift(copies, perRun, age));
    kept += verdict.kept ? 1 : 0;
    runs += verdict.runs;
    clones++;
    yield;
    if (clones % BLOCK > 0) continue;
    below ||= countKeeps({ kept, clones }, target).interval[1] < target;
    if (below && (clones >= least || runs >= SHARPENING_RUNS)) break;
  }
  const counted = countKeeps({ kept, clones }, target);
  return { ...counted, holds: below || counted.holds, meanRuns: runs / clones };
}

/**
 * The A/A test on what a loop has measured anyway: copies of the artifact are handed to its own rule, each against a
 * baseline of its own, crash as often as it did, and drift as it did in the order of a loop's runs. Seeded and pure; a step
 * is one copy, and all of them may take seconds. `least` copies are judged where they are cheap, and more while they leave it
 * open. What isn't in the runs, a rare failure say, can't be in the answer.
 */
export function* aaSteps(world: AaWorld, least = BLOCK): Steps<FalseKeeps> {
  const { perRun = 0 } = world;
  const found = yield* oneWay(world, perRun, least);
  return perRun === 0 ? found : worseOf(found, yield* oneWay(world, -perRun, least));
}

export const aaTest = (world: AaWorld, least = BLOCK): FalseKeeps => inOneGo(aaSteps(world, least));
