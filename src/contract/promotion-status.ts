import type { Incumbent } from './incumbent.js';
import type { PromotionState } from './promotion.js';

/** How far branch + promote is. */
export interface PromotionStatus {
  phase: PromotionState['phase']['kind'];
  /** changes on the branch that no test has confirmed yet */
  provisional: number;
  /** the branch's best value: the luck of one run, for scouting only */
  head: Incumbent | null;
  /** scouts until the next test */
  scoutsLeft: number;
}
