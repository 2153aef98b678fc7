import type { Incumbent } from './incumbent.js';

/** What is remembered of the last lifts of a level; the rest of what was spent is in `spent`. */
export interface LiftTrail {
  /** device-seconds of each of the last keeps */
  costs: number[];
  /**
   * of each of the last keeps: the experiments that it executed, as its evaluator counts them (null: it doesn't), and
   * what stood before it
   */
  kept: { executed: number | null; before: Incumbent }[];
}
