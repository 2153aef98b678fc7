import { LIFT_DEFAULTS } from '../lift/lift-options.js';
import type { Paired } from './paired.js';

/** same: the whole interval lies within the smallest gain that pays; undecided: nothing can be said yet. */
export type ArmVerdict = 'ahead' | 'behind' | 'same' | 'undecided';

const ALPHA = 0.05;
const { eps, least } = LIFT_DEFAULTS;

/** Of a contrast, by its p after Holm's correction. */
export const armVerdict = ({ n, mean, interval }: Paired, corrected: number): ArmVerdict => {
  if (corrected <= ALPHA && mean !== 0) return mean > 0 ? 'ahead' : 'behind';
  const narrow = interval !== null && interval.low > -eps && interval.high < eps;
  return narrow && n >= least ? 'same' : 'undecided';
};
