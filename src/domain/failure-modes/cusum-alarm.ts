import { CUSUM_THRESHOLD, cusumStep } from '../evidence/cusum.js';
import { ruleEvidence } from '../lift/rule-evidence.js';

/**
 * Lift at which "the mean is above 0" has been true for long enough to say so, or null: a CUSUM over lifts of the
 * t-evidence of each lift's values. It stays raised: later lifts don't take an alarm back.
 */
export const cusumAlarm = (
  lifts: readonly (readonly number[])[],
  threshold: number = CUSUM_THRESHOLD,
): number | null => {
  const evidence = ruleEvidence('t', 1);
  let sum = 0;
  for (const [lift, values] of lifts.entries()) {
    const step = cusumStep(sum, evidence(values), threshold);
    if (step.alarm) return lift;
    sum = step.sum;
  }
  return null;
};
