import type { Noise } from '../../contract/incumbent.js';
import { counted, formatSpread, formatValue } from '../format.js';
import { mean, standardDeviation } from '../statistics.js';
import type { Evidence, Step } from './rule.js';

/** Runs of the incumbent that noise is measured anew by: nine degrees of freedom. */
const ANEW = 10;

/** What a rule says of a metric that was taken for still, once its keep was looked at on a second seed. */
export interface Doubted {
  step: Step;
  /** the noise after all; absent: nothing speaks against none */
  anew?: Noise;
}

const runAt = ({ candidate }: Evidence, at: number): number | undefined =>
  candidate.find(({ index }) => index === at)?.value;

/**
 * A few equal runs of the baseline may be the luck of a coarse metric, so a would-be keep is run on a second seed. Equal
 * again: kept. Else the metric has noise, and the incumbent's runs say how much; their failed ones say nothing.
 */
export const onSecondSeed = (evidence: Evidence, step: Step, failed: ReadonlySet<number>): Doubted => {
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
  const incumbent = wanted.filter(
    (at) => !failed.has(at) && !evidence.incumbent.some(({ index }) => index === at),
  );
  if (incumbent.length > 0) return { step: { decision: 'more', candidate: [], incumbent, reason: gave } };
  const values = evidence.incumbent.map(({ value }) => value);
  const apart = Math.abs((first ?? second) - second) / Math.SQRT2;
  const anew = { sigma: Math.max(standardDeviation(values), apart), n: Math.max(2, values.length) };
  const reason = `${gave}; noise measured anew: σ ${formatSpread(anew.sigma)}, from ${counted(values.length, 'run')} of the incumbent`;
  return { step: { decision: 'inconclusive', gain: 0, reason }, anew };
};

/** What follows from a verdict that found noise where none was thought to be. */
export interface NoiseAnew {
  noise: Noise;
  /** the incumbent's fresh runs, or its old standing where all of them failed */
  values: number[];
  standing: { value: number; n: number };
  /** number of the first of the seeds that these runs were made on */
  firstSeed: number;
  /** the same runs, and the candidate's two around their mean: what a test of the rule may draw from */
  sample: number[];
}

/** Reads it off the evidence, so that loop and replay go on alike; null where there is nothing new. */
export const noiseAnew = (evidence: Evidence | null): NoiseAnew | null => {
  if (evidence?.anew === undefined) return null;
  const { anew: noise, standing: before } = evidence;
  const fresh = evidence.incumbent.map(({ value }) => value);
  const values = fresh.length === 0 ? [before.value] : fresh;
  const standing = { value: mean(values), n: values.length };
  const half = ((runAt(evidence, 1) ?? 0) - (runAt(evidence, 0) ?? 0)) / 2;
  const sample = [...fresh, standing.value + half, standing.value - half];
  return { noise, values, standing, firstSeed: evidence.noise?.n ?? 0, sample };
};
