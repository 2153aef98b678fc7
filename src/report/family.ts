import type { Outcome } from '../contract/outcome.js';

/** Outcomes that a reader takes in as one: each family has its own colour, shape and symbol. */
export type Family =
  'kept' | 'provisional' | 'discarded' | 'inconclusive' | 'failed' | 'tampered' | 'skipped';

export const FAMILIES: readonly Family[] = [
  'kept',
  'provisional',
  'discarded',
  'inconclusive',
  'failed',
  'tampered',
  'skipped',
];

export const familyOf: Record<Outcome, Family> = {
  keep: 'kept',
  provisional: 'provisional',
  discard: 'discarded',
  inconclusive: 'inconclusive',
  unconfirmed: 'inconclusive',
  crash: 'failed',
  timeout: 'failed',
  out_of_memory: 'failed',
  no_metric: 'failed',
  not_finite: 'failed',
  diverged: 'failed',
  guard_failed: 'failed',
  tampered: 'tampered',
  no_change: 'skipped',
  duplicate: 'skipped',
  refused: 'skipped',
  over_budget: 'skipped',
  cancelled: 'skipped',
};

/** What each family means, for legends. */
export const FAMILY_TEXT: Record<Family, string> = {
  kept: 'kept',
  provisional: 'provisional',
  discarded: 'discarded',
  inconclusive: 'inconclusive',
  failed: 'failed',
  tampered: 'tampered',
  skipped: 'not run',
};

/** An outcome as a word: `out of memory`. */
export const outcomeWord = (outcome: Outcome): string => outcome.replaceAll('_', ' ');
