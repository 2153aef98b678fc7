import type { PromotionState } from '../../contract/promotion.js';
import { beginScouting } from './scout.js';

/**
 * A branch that won its test and is still not promoted (a guard, a person, a trunk that doesn't stand): as if it had
 * lost. The test and the seeds stay used.
 */
export const giveUp = (before: PromotionState, now: PromotionState): PromotionState =>
  beginScouting({
    ...before,
    levels: { tests: now.levels.tests, keeps: before.levels.keeps },
    differences: now.differences,
    epoch: before.epoch + 1,
    nextSeed: now.nextSeed,
  });
