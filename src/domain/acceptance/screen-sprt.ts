import { confirm } from './confirm.js';
import { inWords, screeningGain } from './gains.js';
import { judgePairs } from './judge-pairs.js';
import type { Rule } from './rule.js';
import { decideWithoutNoise, isDeterministic } from './without-noise.js';

/**
 * One run against the mean of the incumbent's runs: what isn't better is dropped at once. The rest is judged as by
 * `sprt` on fresh pairs; the screening run, chosen for its luck, isn't used again.
 */
export const screenSprt: Rule = {
  baselineRepeats: 10,
  step(evidence, options) {
    if (isDeterministic(evidence)) return decideWithoutNoise(evidence, options);
    const gain = screeningGain(evidence);
    if (gain <= 0) return { decision: 'discard', gain, reason: `${inWords(gain)} on one run` };
    return judgePairs(evidence, options, 1);
  },
  standing: (evidence) => confirm.standing(evidence),
};
