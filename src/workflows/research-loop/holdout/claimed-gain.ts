import { gain } from '../../../domain/score.js';
import type { Loop } from '../loop.js';

/** Gain by the loop's own measure, as it is told the steward; null where a value is missing. */
export const claimedGain = (loop: Loop, value: number | null, against: number | null): number | null => {
  const { direction } = loop.input.task.measure.metric;
  if (value === null || against === null) return null;
  return gain({ value, direction }, { value: against, direction });
};
