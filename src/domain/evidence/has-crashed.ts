import type { Outcome, RunStatus } from '../../contract/outcome.js';

/** How a run may go wrong by itself; one that cheated, failed a guard or was cancelled has not. */
export const CRASHES: readonly (RunStatus & Outcome)[] = [
  'crash',
  'timeout',
  'out_of_memory',
  'no_metric',
  'not_finite',
  'diverged',
];

/** Whether it was no score for want of luck or health: what another seed may mend, and what a bet counts as a loss. */
export const hasCrashed = (status: RunStatus): boolean => CRASHES.some((one) => one === status);
