import type { LoopStatus } from '../../contract/loop.js';
import { promotionWords } from '../../domain/promotion/promotion-words.js';

/** What the score doesn't count yet: `2 provisional changes, next promotion test in 5 candidates`; empty without a branch. */
export const provisionalLine = ({ promotion, phase }: LoopStatus): string =>
  promotion === null ? '' : promotionWords(promotion, phase === 'done' || phase === 'failed');
