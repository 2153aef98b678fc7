/** How an experiment can end. A closed set: a bad candidate is data, never an exception. */
export const OUTCOMES = [
  'keep',
  'provisional',
  'discard',
  'inconclusive',
  'unconfirmed',
  'crash',
  'timeout',
  'out_of_memory',
  'no_metric',
  'not_finite',
  'diverged',
  'no_change',
  'duplicate',
  'refused',
  'guard_failed',
  'tampered',
  'over_budget',
  'cancelled',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * How a single run on a device can end. `ok` means that a finite metric was obtained; `stopped_early` that a rule took it
 * for hopeless, which is a discard.
 */
export const RUN_STATUSES = [
  'ok',
  'crash',
  'timeout',
  'out_of_memory',
  'no_metric',
  'not_finite',
  'diverged',
  'guard_failed',
  'tampered',
  'cancelled',
  'stopped_early',
] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];
