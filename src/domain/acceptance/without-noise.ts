import type { Acceptance } from '../../contract/task-schema.js';
import { formatSpread } from '../format.js';
import { inWords, screeningGain, smallestEffect } from './gains.js';
import type { Evidence, Step } from './rule.js';

/** Whether repeats of the unchanged artifact all gave the same value: then one run says everything. */
export const isDeterministic = ({ noise }: Pick<Evidence, 'noise'>): boolean =>
  noise !== null && noise.n > 1 && noise.sigma === 0;

/** The verdict on a metric without noise, from one run: keep iff better by the smallest effect or more. */
export const decideWithoutNoise = (evidence: Evidence, options: Acceptance): Step => {
  const gain = screeningGain(evidence);
  const needed = smallestEffect(evidence, options);
  if (gain > 0 && gain >= needed) {
    return { decision: 'keep', gain, reason: `${inWords(gain)}; the metric has no noise` };
  }
  const short = gain > 0 ? `, less than the smallest effect ${formatSpread(needed)}` : '';
  return { decision: 'discard', gain, reason: inWords(gain) + short };
};
