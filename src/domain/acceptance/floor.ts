import { formatSpread } from '../format.js';
import { inWords, screeningGain, smallestEffect } from './gains.js';
import type { Rule } from './rule.js';
import { strict } from './strict.js';

/** Keeps on one run, if the gain passes k standard deviations of the unchanged artifact's noise. */
export const floor: Rule = {
  baselineRepeats: 5,
  step(evidence, options) {
    if (evidence.noise === null) throw new RangeError('the floor rule needs the noise of the baseline');
    const noise = options.k * evidence.noise.sigma;
    const gain = screeningGain(evidence);
    if (gain <= smallestEffect(evidence, options)) return strict.step(evidence, options);
    const bound = `the noise of ${formatSpread(noise)} (${String(options.k)} sigma)`;
    return gain > noise
      ? { decision: 'keep', gain, reason: `${inWords(gain)}, past ${bound}` }
      : { decision: 'inconclusive', gain, reason: `${inWords(gain)}, within ${bound}` };
  },
  standing: (evidence) => strict.standing(evidence),
};
