import { mean } from '../statistics.js';
import { inWords, smallestEffect } from './gains.js';
import { pairsFrom } from './pairs.js';
import type { Rule } from './rule.js';
import { sprt } from './sprt.js';
import { decideWithoutNoise, isDeterministic } from './without-noise.js';

/** How many pairs lie behind a challenger after each batch: 1, 2, 4, 8, … and at last nmax. */
const milestones = (nmax: number): number[] => {
  const sizes: number[] = [];
  for (let size = 1; size < nmax; size *= 2) sizes.push(size);
  return [...sizes, nmax];
};

/**
 * SMAC's intensification: the challenger meets the incumbent on shared indices in doubling batches and is dropped at the
 * first batch after which its mean is not better on the common set; whoever survives nmax pairs is kept. Cheap for bad
 * candidates, but it promises no rate of false keeps. (Hutter, Hoos & Leyton-Brown, LION 2011; SMAC3's intensifier.)
 */
export const intensify: Rule = {
  baselineRepeats: 3,
  step(evidence, options) {
    if (isDeterministic(evidence)) return decideWithoutNoise(evidence, options);
    const { gains, next } = pairsFrom(evidence, 0);
    const d = gains.map((gain) => gain ?? Number.NEGATIVE_INFINITY);
    for (const size of milestones(options.nmax)) {
      if (d.length < size) {
        return {
          decision: 'more',
          ...next,
          reason: `${String(d.length)} of ${String(size)} pairs of this batch`,
        };
      }
      const gain = mean(d.slice(0, size));
      const measured = `${inWords(gain)} over ${String(size)} pairs`;
      if (gain <= 0) return { decision: 'discard', gain, reason: measured };
      if (size < options.nmax) continue;
      return gain < smallestEffect(evidence, options)
        ? { decision: 'discard', gain, reason: `${measured}, less than the smallest effect` }
        : { decision: 'keep', gain, reason: measured };
    }
    throw new RangeError('nmax is no number of pairs');
  },
  standing: (evidence) => sprt.standing(evidence),
};
