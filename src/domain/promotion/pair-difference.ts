import { finite } from '../evidence/not-finite.js';
import type { PromotionOptions } from '../../contract/promotion.js';

/**
 * What a pair says: a difference, nothing where the right arm failed too, or that the left arm is out: it failed where
 * the right one ran, and only a bet on bounded differences has a number for that.
 */
export const pairDifference = (
  { evidence, noise }: Pick<PromotionOptions, 'evidence' | 'noise'>,
  { left, right }: { left: number | null; right: number | null },
): number | 'spoilt' | 'out' => {
  if (right === null) return 'spoilt';
  if (left !== null) return finite(left, 'the left arm') - finite(right, 'the right arm');
  return evidence === 'bet' ? -noise.bound : 'out';
};
