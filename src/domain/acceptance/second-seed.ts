import type { Noise } from '../../contract/incumbent.js';
import { counted, formatSpread, formatValue } from '../format.js';
import { mean, standardDeviation } from '../statistics.js';
import { putToProof } from './put-to-proof.js';
import type { Evidence, Proof, Proven, Step } from './rule.js';

/** Runs of the incumbent that noise is measured anew by: nine degrees of freedom. */
const ANEW = 10;

/** What a rule says of a metric that was taken for still, once its keep was looked at on a second seed. */
export interface Doubted {
  step: Step;
  /** the noise after all; absent: nothing speaks against none */
  anew?: Noise;
  /** what the keeps so far came to; absent: there were none */
  proof?: Proof;
}

/** What is known beside the evidence. */
export interface Beside {
  /** seeds on which the incumbent failed */
  failed: ReadonlySet<number>;
  /** set where something was kept while the metric was taken for still */
  unproven?: { proven: Proven; failed: ReadonlySet<number>; needed: number; alpha: number };
}

const runAt = ({ candidate }: Evidence, at: number): number | undefined =>
  candidate.find(({ index }) => index === at)?.value;

/**
 * A few equal runs of the baseline may be the luck of a coarse metric, so a would-be keep is run on a second seed. Equal
 * again: kept. Else the metric has noise, and the incumbent's runs say how much; their failed ones say nothing. What was kept
 * till then is put to the proof on the same seeds.
 */
export const onSecondSeed = (evidence: Evidence, step: Step, { failed, unproven }: Beside): Doubted => {
  const [first, second] = [runAt(evidence, 0), runAt(evidence, 1)];
  if (second === undefined || first === second) {
    if (step.decision !== 'keep') return { step };
    const reason = `${step.reason}; to be run on a second seed`;
    return second === undefined
      ? { step: { decision: 'more', candidate: [1], incumbent: [], reason } }
      : { step: { ...step, reason: `${step.reason}; runs alike on a second seed` } };
  }
  const gave = `the metric is not deterministic: it gave ${formatValue(first ?? second)}, then ${formatValue(second)}`;
  const wanted = Array.from({ length: ANEW }, (_, at) => at + 1);
  const missing = (runs: readonly { index: number }[], lost: ReadonlySet<number>): number[] =>
    wanted.filter((at) => !lost.has(at) && !runs.some(({ index }) => index === at));
  const incumbent = missing(evidence.incumbent, failed);
  const proven = unproven === undefined ? [] : missing(unproven.proven.runs, unproven.failed);
  if (incumbent.length + proven.length > 0) {
    const more: Step = { decision: 'more', candidate: [], incumbent, reason: gave };
    return { step: proven.length === 0 ? more : { ...more, proven } };
  }
  const proof =
    unproven === undefined
      ? undefined
      : putToProof(unproven.proven, {
          direction: evidence.direction,
          incumbent: evidence.incumbent,
          failed,
          needed: unproven.needed,
          alpha: unproven.alpha,
        });
  const back = proof?.holds === false;
  const values = (back ? proof.runs : evidence.incumbent).map(({ value }) => value);
  const apart = Math.abs((first ?? second) - second) / Math.SQRT2;
  const anew = { sigma: Math.max(standardDeviation(values), apart), n: Math.max(2, values.length) };
  const whose = back ? 'unchanged artifact' : 'incumbent';
  const reason = `${gave}; noise measured anew: σ ${formatSpread(anew.sigma)}, from ${counted(values.length, 'run')} of the ${whose}`;
  const found = { step: { decision: 'inconclusive', gain: 0, reason }, anew } as const;
  return proof === undefined ? found : { ...found, proof };
};

/** What follows from a verdict that found noise where none was thought to be. */
export interface NoiseAnew {
  noise: Noise;
  /** fresh runs of what stands now, or its old standing where all of them failed */
  values: number[];
  standing: { value: number; n: number };
  /** number of the first of the seeds that these runs were made on */
  firstSeed: number;
  /** the same runs, and the candidate's two around their mean: what a test of the rule may draw from */
  sample: number[];
  /** set where keeps were put to the proof */
  proof?: Proof;
}

/** Reads it off the evidence, so that loop and replay go on alike; null where there is nothing new. */
export const noiseAnew = (evidence: Evidence | null): NoiseAnew | null => {
  if (evidence?.anew === undefined) return null;
  const { anew: noise, proof } = evidence;
  const back = proof?.holds === false;
  const before = back ? proof.standing : evidence.standing;
  const fresh = (back ? proof.runs : evidence.incumbent).map(({ value }) => value);
  const values = fresh.length === 0 ? [before.value] : fresh;
  const standing = { value: mean(values), n: values.length };
  const half = ((runAt(evidence, 1) ?? 0) - (runAt(evidence, 0) ?? 0)) / 2;
  const sample = [...fresh, standing.value + half, standing.value - half];
  const found = { noise, values, standing, firstSeed: evidence.noise?.n ?? 0, sample };
  return proof === undefined ? found : { ...found, proof };
};
