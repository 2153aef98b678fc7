import { screeningGain, signed, smallestEffect } from './gains.js';
import type { Rule } from './rule.js';

/** Keeps whatever is better on one run by more than the smallest effect: honest only without noise. */
export const strict: Rule = {
  baselineRepeats: 1,
  step(evidence, options) {
    const observed = screeningGain(evidence);
    const needed = smallestEffect(evidence, options);
    return observed > needed
      ? { decision: 'keep', gain: observed, reason: `better by ${signed(observed)} on one run` }
      : {
          decision: 'discard',
          gain: observed,
          reason: `gain ${signed(observed)} is not more than ${signed(needed)}`,
        };
  },
  standing: (evidence) => ({ value: evidence.candidate[0]?.value ?? Number.NaN, n: 1 }),
};
