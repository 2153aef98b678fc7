import type { Outcome, RunStatus } from '../../contract/outcome.js';

/** What a candidate's failed run makes of its experiment. One that was stopped as hopeless has not failed: it lost. */
export const outcomeOf = (status: Exclude<RunStatus, 'ok'>): Outcome =>
  status === 'stopped_early' ? 'discard' : status;
