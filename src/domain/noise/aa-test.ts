import type { PromotionOptions } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { judgeBy, type Supply } from '../acceptance/judge-by.js';
import { eLondAlpha } from '../evidence/e-lond.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import { keepStep, startTest, type SequentialTest } from '../evidence/keep-step.js';
import { promotionOptions } from '../promotion/promotion-options.js';
import { random, type Random } from '../random.js';
import { gain, type Direction } from '../score.js';
import { mean, standardDeviation } from '../statistics.js';
import { baselineRuns } from './baseline-runs.js';
import { countKeeps, measured, promisesAlpha, type FalseKeeps } from './false-keeps.js';
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

/** False keeps that a loop takes where its task names no number: above what every rule promises, below a coin. */
export const LOOP_TARGET = 0.2;

/** Copies judged, at most: a standard error of 2 % at the usual target. */
const CLONES = 400;
/** Looks at so many at a time: whoever is far below the target is not looked at for longer. */
const BLOCK = 50;
/** A t-statistic of so few differences can't be told from luck. */
const ENOUGH_DIFFERENCES = 8;

export const loopTarget = ({ falseKeeps, rule, alpha }: Acceptance): number => {
  if (falseKeeps !== undefined) return falseKeeps;
  return promisesAlpha(rule) ? Math.max(LOOP_TARGET, alpha) : LOOP_TARGET;
};

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

/** A copy as a candidate of the rule. */
const isKept = (world: AaWorld, pair: Pair, draws: Random): { kept: boolean; runs: number } => {
  const { acceptance, direction } = world;
  const start = baselineLike(world, draws);
  const drawn = new Map<number, readonly [number, number]>();
  const supply: Supply = (role, index) => {
    const values = drawn.get(index) ?? pair(draws);
    drawn.set(index, values);
    return measured(role, index, role === 'candidate' ? values[0] : values[1]);
  };
  const incumbent = { commit: 'incumbent', value: start.value, n: start.n };
  const question = { direction, acceptance, candidate: 'candidate', incumbent, noise: start.noise };
  const judged = judgeBy(question, supply);
  return { kept: judged.known && judged.decision.outcome === 'keep', runs: judged.used.length };
};

/** The test that decides alone about a copy, fed pair by pair; asking the rule anew after each would take too long here. */
const testOf = (
  { acceptance, direction, promotion }: AaWorld,
  start: ReturnType<typeof baselineLike>,
): SequentialTest => {
  const { value, n, noise } = start;
  if (acceptance.rule !== 'branch+promote') {
    const evidence = { direction, candidate: [], incumbent: [], standing: { value, n }, noise };
    return sequentialTest(evidence, acceptance);
  }
  const options = promotion ?? promotionOptions(acceptance, { direction, ...start });
  const alpha = options.share ? eLondAlpha(options.alpha, { tests: 0, keeps: 0 }) : options.alpha;
  return { process: options.evidence, options: options.noise, alpha, beta: options.beta, nmax: options.nmax };
};

/** The same for a sequential test: of a copy as a candidate, or of a branch that is worth nothing against its trunk. */
const passes = (world: AaWorld, pair: Pair, draws: Random): { kept: boolean; runs: number } => {
  const { acceptance, direction } = world;
  const start = baselineLike(world, draws);
  const better = (a: number, b: number): number => gain({ value: a, direction }, { value: b, direction });
  if (acceptance.rule === 'screen+sprt' && better(pair(draws)[0], start.value) <= 0)
    return { kept: false, runs: 1 };
  const test = testOf(world, start);
  const { minEffect, rule } = acceptance;
  const least = minEffect.relative ? minEffect.value * Math.abs(start.value) : minEffect.value;
  const needed = rule === 'branch+promote' ? 0 : least;
  let state = startTest(test);
  for (let runs = rule === 'screen+sprt' ? 3 : 2; ; runs += 2) {
    const step = keepStep(test, state, better(...pair(draws)));
    state = step.state;
    if (step.decision === 'more') continue;
    return { kept: step.decision === 'keep' && state.sums.sum / state.sums.n >= needed, runs };
  }
};

const SEQUENTIAL: readonly Acceptance['rule'][] = ['sprt', 'screen+sprt', 'branch+promote'];

/**
 * The A/A test on what a loop has measured anyway: copies of the artifact are handed to its own rule, each against a
 * baseline of its own. Seeded, pure and short enough for a workflow; what isn't in the values, a rare failure say,
 * can't be in the answer.
 */
export const aaTest = (world: AaWorld): FalseKeeps => {
  const { acceptance, seed } = world;
  const target = loopTarget(acceptance);
  const pair = pairsOf(world);
  const judge = SEQUENTIAL.includes(acceptance.rule) ? passes : isKept;
  let [clones, kept, runs] = [0, 0, 0];
  while (clones < CLONES) {
    for (const end = clones + BLOCK; clones < end; clones++) {
      const verdict = judge(world, pair, random('loop a/a', seed, clones));
      kept += verdict.kept ? 1 : 0;
      runs += verdict.runs;
    }
    if (countKeeps({ kept, clones }, target).interval[1] < target) break;
  }
  return { ...countKeeps({ kept, clones }, target), meanRuns: runs / clones };
};
