import { inWords, screeningGain } from './gains.js';
import type { Rule } from './rule.js';
import { strict } from './strict.js';
import { isDeterministic } from './without-noise.js';

/**
 * Scouting under branch + promote: one run against the cached best of the provisional branch. What is better joins the
 * branch and is no keep yet; only the branch's test against the trunk makes one. Without noise it is `strict`.
 */
export const branchPromote: Rule = {
  baselineRepeats: 10,
  step(evidence, options) {
    if (isDeterministic(evidence)) return strict.step(evidence, options);
    const gain = screeningGain(evidence);
    return gain > 0
      ? { decision: 'provisional', gain, reason: `${inWords(gain)} on one run: joins the branch` }
      : { decision: 'discard', gain, reason: `${inWords(gain)} on one run` };
  },
  standing: (evidence) => strict.standing(evidence),
};
