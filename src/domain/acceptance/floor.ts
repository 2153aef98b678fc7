import { screeningGain, signed, smallestEffect } from './gains.js';
import type { Rule } from './rule.js';
import { strict } from './strict.js';

/** Keeps on one run, if the gain passes k standard deviations of the unchanged artifact's noise. */
export const floor: Rule = {
  baselineRepeats: 5,
  step(evidence, options) {
    if (evidence.noise === null) throw new RangeError('the floor rule needs the noise of the baseline');
    const observed = screeningGain(evidence);
    const noise = options.k * evidence.noise.sigma;
    const needed = Math.max(noise, smallestEffect(evidence, options));
    const bound = `${signed(needed)} (k=${String(options.k)}, sigma=${signed(evidence.noise.sigma).slice(1)})`;
    if (observed > needed) {
      return {
        decision: 'keep',
        gain: observed,
        reason: `gain ${signed(observed)} passes the floor ${bound}`,
      };
    }
    return observed > smallestEffect(evidence, options)
      ? {
          decision: 'inconclusive',
          gain: observed,
          reason: `gain ${signed(observed)} is within the noise ${bound}`,
        }
      : {
          decision: 'discard',
          gain: observed,
          reason: `gain ${signed(observed)} is below the floor ${bound}`,
        };
  },
  standing: (evidence) => strict.standing(evidence),
};
