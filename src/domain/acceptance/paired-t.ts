import { studentQuantile } from '../distributions/student-t.js';
import { formatSpread } from '../format.js';
import { mean, standardError } from '../statistics.js';
import { inWords, smallestEffect } from './gains.js';
import { pairsFrom } from './pairs.js';
import type { Rule } from './rule.js';
import { sprt } from './sprt.js';
import { decideWithoutNoise, isDeterministic } from './without-noise.js';

/** Student's one-sided test on n pairs, n fixed beforehand: false keep = alpha for normal differences (Student 1908). */
export const pairedT: Rule = {
  baselineRepeats: 3,
  step(evidence, options) {
    if (isDeterministic(evidence)) return decideWithoutNoise(evidence, options);
    const n = Math.max(2, options.n);
    const { gains, next } = pairsFrom(evidence, 0);
    if (gains.length < n) {
      const reason = `${String(gains.length)} of ${String(n)} pairs`;
      return { decision: 'more', ...next, reason };
    }
    const d = gains.slice(0, n).map((gain) => gain ?? Number.NEGATIVE_INFINITY);
    const gain = mean(d);
    const error = standardError(d);
    const critical = studentQuantile(1 - options.alpha, n - 1);
    const measured = `${inWords(gain)} ± ${formatSpread(error)} over ${String(n)} pairs`;
    if (gain <= 0 || gain < smallestEffect(evidence, options)) {
      return { decision: 'discard', gain, reason: measured };
    }
    const bar = `${formatSpread(critical)} standard errors`;
    return gain >= critical * error
      ? { decision: 'keep', gain, reason: `${measured}, past ${bar}` }
      : { decision: 'inconclusive', gain, reason: `${measured}, within ${bar}` };
  },
  standing: (evidence) => sprt.standing(evidence),
};
