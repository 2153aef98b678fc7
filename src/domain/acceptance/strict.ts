import { formatSpread } from '../format.js';
import { inWords, screeningGain, smallestEffect } from './gains.js';
import type { Rule } from './rule.js';

/** Keeps whatever is better on one run by more than the smallest effect: honest only without noise. */
export const strict: Rule = {
  baselineRepeats: 1,
  step(evidence, options) {
    const gain = screeningGain(evidence);
    const needed = smallestEffect(evidence, options);
    if (gain > needed) return { decision: 'keep', gain, reason: `${inWords(gain)} on one run` };
    const short = gain > 0 ? `, not more than the smallest effect ${formatSpread(needed)}` : '';
    return { decision: 'discard', gain, reason: inWords(gain) + short };
  },
  standing: (evidence) => ({ value: evidence.candidate[0]?.value ?? Number.NaN, n: 1 }),
};
