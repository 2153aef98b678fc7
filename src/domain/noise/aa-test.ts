import type { PromotionOptions } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { random, type Random } from '../random.js';
import type { Direction } from '../score.js';
import { mean, standardDeviation } from '../statistics.js';
import { baselineRuns } from './baseline-runs.js';
import { countKeeps, type FalseKeeps } from './false-keeps.js';
import { judgeCopy, type CopyRuns } from './judge-copy.js';
import { keepTarget } from './keep-target.js';
import { likeMeasured } from './like-measured.js';

/** A rule, and runs of one artifact to test it on. */
export interface AaWorld {
  acceptance: Acceptance;
  direction: Direction;
  /** of one artifact, each on a seed of its own */
  values: readonly number[];
  /** differences of two arms on one seed, around their mean: where seeds are shared they say more than the values do */
  differences?: readonly number[];
  /** branch + promote: the test that is in force, where it was fixed before these runs were made */
  promotion?: PromotionOptions;
  seed: number;
}

/** Copies judged, at most: a standard error of 2 % at the usual target. */
const CLONES = 400;
/** Looks at so many at a time: whoever is far below the target is not looked at for longer. */
const BLOCK = 50;
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
const baselineLike = ({ acceptance, values }: AaWorld, draws: Random) => {
  const one = likeMeasured(values);
  const runs = Array.from({ length: baselineRuns(acceptance) }, () => one(draws));
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

/**
 * The A/A test on what a loop has measured anyway: copies of the artifact are handed to its own rule, each against a
 * baseline of its own. Seeded, pure and short enough for a workflow; what isn't in the values, a rare failure say,
 * can't be in the answer.
 */
export const aaTest = (world: AaWorld): FalseKeeps => {
  const { acceptance, seed } = world;
  const target = keepTarget(acceptance);
  const pair = pairsOf(world);
  let [clones, kept, runs] = [0, 0, 0];
  while (clones < CLONES) {
    for (const end = clones + BLOCK; clones < end; clones++) {
      const draws = random('loop a/a', seed, clones);
      const start = baselineLike(world, draws);
      const verdict = judgeCopy(world, start, runsOf(world, pair, draws));
      kept += verdict.kept ? 1 : 0;
      runs += verdict.runs;
    }
    if (countKeeps({ kept, clones }, target).interval[1] < target) break;
  }
  return { ...countKeeps({ kept, clones }, target), meanRuns: runs / clones };
};
