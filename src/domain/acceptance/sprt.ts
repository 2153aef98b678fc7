import { mean } from '../statistics.js';
import { judgePairs } from './judge-pairs.js';
import type { Rule } from './rule.js';
import { decideWithoutNoise, isDeterministic } from './without-noise.js';

/**
 * Interleaved pairs on shared seeds until the evidence for a gain suffices, a gain of `mde` has become implausible, or
 * nmax pairs are used up: false keep <= alpha for each candidate that is no better, however often one looks.
 */
export const sprt: Rule = {
  baselineRepeats: 10,
  step: (evidence, options) =>
    isDeterministic(evidence) ? decideWithoutNoise(evidence, options) : judgePairs(evidence, options, 0),
  standing: ({ candidate }) => ({ value: mean(candidate.map(({ value }) => value)), n: candidate.length }),
};
