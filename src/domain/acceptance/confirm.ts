import { mean, standardError } from '../statistics.js';
import { counted, formatSpread } from '../format.js';
import { inWords, pairedGains, screeningGain, smallestEffect } from './gains.js';
import { firstPair } from './pairs.js';
import type { Evidence, Rule } from './rule.js';
import { strict } from './strict.js';
import { isDeterministic } from './without-noise.js';

const freshIndices = (n: number, first: number): number[] => Array.from({ length: n }, (_, i) => first + i);

const missing = (wanted: number[], samples: Evidence['candidate']): number[] =>
  wanted.filter((index) => !samples.some((sample) => sample.index === index));

/**
 * Screens on one run, then measures candidate and incumbent n times each on fresh shared seeds; keeps if the mean
 * paired gain passes both the smallest effect and z standard errors. A metric without noise is decided at once.
 */
export const confirm: Rule = {
  baselineRepeats: 3,
  step(evidence, options) {
    const needed = smallestEffect(evidence, options);
    const screened = screeningGain(evidence);
    if (isDeterministic(evidence) || screened <= needed) return strict.step(evidence, options);
    const wanted = freshIndices(options.n, firstPair(evidence, 1));
    const candidate = missing(wanted, evidence.candidate);
    const incumbent = missing(wanted, evidence.incumbent);
    if (candidate.length + incumbent.length > 0) {
      return {
        decision: 'more',
        candidate,
        incumbent,
        reason: `${inWords(screened)} on one run: to be confirmed`,
      };
    }
    const gains = pairedGains(evidence);
    const average = mean(gains);
    const error = standardError(gains);
    const measured = `${inWords(average)} ± ${formatSpread(error)} over ${String(gains.length)} fresh pairs`;
    if (average <= needed) {
      return { decision: 'discard', gain: average, reason: `not confirmed: ${measured}` };
    }
    return average > options.z * error
      ? { decision: 'keep', gain: average, reason: `confirmed: ${measured}` }
      : {
          decision: 'inconclusive',
          gain: average,
          reason: `within ${counted(options.z, 'standard error')}: ${measured}`,
        };
  },
  standing(evidence) {
    const fresh = evidence.candidate.filter(({ index }) => index > 0).map(({ value }) => value);
    return fresh.length === 0 ? strict.standing(evidence) : { value: mean(fresh), n: fresh.length };
  },
};
