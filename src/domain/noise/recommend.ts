import type { Acceptance, Task } from '../../contract/task-schema.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import { smallestSeen } from './smallest-seen.js';
import { drifts } from './drift.js';
import { pairsAffordable, type Affordable } from './pairs-affordable.js';
import { pairsPerTest } from './pairs-per-test.js';
import type { DeviceNoise } from './read-noise.js';

/** What one test may cost, and the smallest gain that it then sees with the chance 1 - beta; null: none. */
export interface Sight {
  pairs: number;
  effect: number | null;
}

export interface Recommendation {
  /** keys of `acceptance` to write into task.yaml */
  acceptance: {
    rule: Acceptance['rule'];
    repeats: number;
    k?: number;
    evidence?: Acceptance['evidence'];
    bound?: number;
  };
  affordable: Affordable;
  /** smallest gain that the task's budget can see; 0 without noise, null where it pays for no pair */
  smallest: number | null;
  sights: Sight[];
  /** why this and nothing else */
  reasons: string[];
}

/** Repeats that give nine degrees of freedom, from which on the estimated noise may be taken for the true one. */
const REPEATS = 10;

/** Repeats by which a loop itself knows a metric without noise; on one run it would doubt no keep. */
const REPEATS_WITHOUT_NOISE = 3;

/** A wanted gain this many sigmas large is seen on a single run. */
const OBVIOUS = 4;

/** Beyond this many standard deviations of a pair a normal distribution is no longer believed. */
const HEAVY = 4;

const PAIRS = [1, 3, 5, 10, 20, 40];

const evidenceFor = (noise: DeviceNoise): { evidence: Acceptance['evidence']; why: string } => {
  if (noise.failed > 0 || noise.worstPair > HEAVY) {
    return {
      evidence: 'bet',
      why: 'bet: runs that fail or stray far are no normal noise; nothing is assumed but a bound',
    };
  }
  if (noise.seedDecides)
    return {
      evidence: 't',
      why: 't: a copy shows no noise within a seed, but a changed artifact will; how much is not known',
    };
  return {
    evidence: 'z',
    why: `z: the noise is known well enough once it rests on ${String(REPEATS)} repeats`,
  };
};

/** The gain that the task says it wants, in units of the metric. */
const wantedGain = ({ acceptance }: Task, { mean }: DeviceNoise): number => {
  const { value, relative } = acceptance.mde ?? acceptance.minEffect;
  return relative ? value * Math.abs(mean) : value;
};

/** The smallest gain that a test of so many pairs sees: by the rule's own process, with the noise as well known as in a loop. */
const seenWith = (noise: DeviceNoise, acceptance: Acceptance, pairs: number): number | null => {
  const { sigma, mean, pairSd, runs, failed } = noise;
  const test = sequentialTest(
    {
      direction: 'maximize',
      candidate: [],
      incumbent: [],
      standing: { value: mean, n: REPEATS },
      noise: { sigma, n: REPEATS },
    },
    { ...acceptance, nmax: pairs },
  );
  const guarded = acceptance.rule === 'branch+promote';
  return smallestSeen({ test, guarded, sd: pairSd, failing: failed / runs, power: 1 - acceptance.beta });
};

const sightsOf = (noise: DeviceNoise, acceptance: Acceptance): Sight[] =>
  PAIRS.map((pairs) => ({ pairs, effect: seenWith(noise, acceptance, pairs) }));

const withoutNoise = (task: Task, noise: DeviceNoise): Recommendation => ({
  acceptance: { rule: 'strict', repeats: REPEATS_WITHOUT_NOISE },
  affordable: pairsAffordable(task, noise.meanSeconds, REPEATS_WITHOUT_NOISE),
  smallest: 0,
  sights: [],
  reasons: [
    'every run gave the same value: one run of a candidate decides, and a keep is run once more on a second seed',
  ],
});

/** The rule, its repeats and its evidence for this noise and this budget, and the smallest gain that it can see. */
export const recommend = (task: Task, noise: DeviceNoise): Recommendation => {
  if (noise.still) return withoutNoise(task, noise);
  const { acceptance } = task;
  const affordable = pairsAffordable(task, noise.meanSeconds, REPEATS);
  const wanted = wantedGain(task, noise);
  if (wanted >= OBVIOUS * noise.sigma && !drifts(noise.drift) && noise.failed === 0) {
    return {
      acceptance: { rule: 'floor', repeats: REPEATS, k: 2 },
      affordable,
      smallest: wanted,
      sights: sightsOf(noise, acceptance),
      reasons: ['the gain that the task asks for stands far above the noise of a single run'],
    };
  }
  const { evidence, why } = evidenceFor(noise);
  const asked = { ...acceptance, rule: 'branch+promote' as const, evidence, ...boundFor(evidence, noise) };
  const perTest = pairsPerTest(task, noise.meanSeconds, REPEATS);
  const { pairs } = perTest;
  const smallest = pairs < 1 ? null : seenWith(noise, asked, pairs);
  return {
    acceptance: { rule: 'branch+promote', repeats: REPEATS, evidence, ...boundFor(evidence, noise) },
    affordable: perTest,
    smallest,
    sights: sightsOf(noise, asked),
    reasons: [
      'a candidate costs one run; what looks good is provisional, and the branch of it is tested on fresh pairs every so often',
      why,
      ...(drifts(noise.drift)
        ? [
            'the metric drifts: only pairs run one after the other can be compared. Scouts are not, so mend the drift first',
          ]
        : []),
    ],
  };
};

const boundFor = (
  evidence: Acceptance['evidence'],
  { pairSd, worstPair }: DeviceNoise,
): { bound?: number } =>
  evidence === 'bet' && pairSd > 0
    ? { bound: Number((pairSd * Math.max(4, 2 * worstPair)).toPrecision(2)) }
    : {};
