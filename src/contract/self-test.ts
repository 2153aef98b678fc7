import type { PromotionOptions } from './promotion.js';
import type { Acceptance, MetricSpec } from './task-schema.js';

/** A rule, and runs of one artifact to test it on. */
export interface AaWorld {
  acceptance: Acceptance;
  direction: MetricSpec['direction'];
  /** of one artifact, each on a seed of its own; around the line where they drift */
  values: readonly number[];
  /** change from one run to the next; absent: the order of runs doesn't matter */
  perRun?: number;
  /** share of its runs that crash; absent: none did */
  crashing?: number;
  /** differences of two arms on one seed, around their mean: where seeds are shared they say more than the values do */
  differences?: readonly number[];
  /** branch + promote: the test that is in force, where it was fixed before these runs were made */
  promotion?: PromotionOptions;
  seed: number;
}

/** What the runs of one artifact say of the rule that is to judge others. */
export interface SelfTest {
  /** the rate in words, for the baseline's row; '' where there is nothing to say */
  words: string;
  /** why the loop may not go on under this rule, and what to change; null if it may */
  refusal: string | null;
}
