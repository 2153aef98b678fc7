import type { LiftOptions } from './lift-options.js';
import { type LiftVerdict, liftVerdict } from './lift-verdict.js';

/**
 * The verdict asked after every task, stopping at the first that isn't 'undecided': what a lift costs when it is
 * clear. Sequential stopping keeps the level alpha (Ville), but the stop, unlike the verdict on all tasks, depends on
 * their order.
 */
export const liftRun = (
  d: readonly number[],
  options: Partial<LiftOptions> = {},
): { verdict: LiftVerdict; n: number } => {
  for (let n = 1; n <= d.length; n++) {
    const verdict = liftVerdict(d.slice(0, n), options);
    if (verdict !== 'undecided') return { verdict, n };
  }
  return { verdict: 'undecided', n: d.length };
};
