import type { TestState } from '../../contract/evidence.js';
import type { Acceptance } from '../../contract/task-schema.js';
import { keepStep, startTest } from '../evidence/keep-step.js';
import { counted, formatSpread } from '../format.js';
import { inWords, smallestEffect } from './gains.js';
import { eValueInWords } from '../evidence/e-value-in-words.js';
import { pairsFrom } from './pairs.js';
import type { Evidence, Step } from './rule.js';
import { sequentialTest } from './sequential-test.js';

const averageOf = ({ sums }: TestState): number => (sums.n === 0 ? 0 : sums.sum / sums.n);

/**
 * Feeds the pairs to the sequential test one by one and stops at its first verdict, so that pairs measured later can't
 * change it. A failed run of the candidate counts as the worst difference that the bound allows.
 */
export const judgePairs = (evidence: Evidence, options: Acceptance, first: number): Step => {
  const test = sequentialTest(evidence, options);
  const { gains, next } = pairsFrom(evidence, first);
  let state = startTest(test);
  let strength = 0;
  for (const gain of gains) {
    const step = keepStep(test, state, gain ?? -test.options.bound);
    state = step.state;
    strength = step.logE;
    if (step.decision !== 'more') return verdict(step.decision, { evidence, options, state, strength });
  }
  const reason = `${inWords(averageOf(state))} over ${counted(gains.length, 'pair')}: not yet enough to say`;
  return { decision: 'more', ...next, reason };
};

interface Ending {
  evidence: Evidence;
  options: Acceptance;
  state: TestState;
  strength: number;
}

const verdict = (ending: 'keep' | 'revert', { evidence, options, state, strength }: Ending): Step => {
  const gain = averageOf(state);
  const needed = smallestEffect(evidence, options);
  const test = sequentialTest(evidence, options);
  const wanted = `e-value ${eValueInWords(strength)} of ${formatSpread(1 / options.alpha)} (${test.process})`;
  const measured = `${inWords(gain)} over ${counted(state.sums.n, 'pair')}, ${wanted}`;
  if (ending === 'keep' && gain >= needed) return { decision: 'keep', gain, reason: measured };
  if (ending === 'keep') {
    const reason = `${measured}, but less than the smallest effect ${formatSpread(needed)}`;
    return { decision: 'discard', gain, reason };
  }
  return state.sums.n >= test.nmax && gain > 0
    ? { decision: 'inconclusive', gain, reason: `${measured}: all pairs used up` }
    : { decision: 'discard', gain, reason: `${measured}: hopeless` };
};
