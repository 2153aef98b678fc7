import type { LoopStatus } from '../../contract/loop.js';
import { contestWords } from '../../domain/contest/contest-status.js';
import { promotionWords } from '../../domain/promotion/promotion-words.js';

/** What the score doesn't count yet: `2 provisional changes, next promotion test in 5 candidates`, or how far a race is. */
export const provisionalLine = ({ promotion, contest, phase }: LoopStatus): string => {
  const over = phase === 'done' || phase === 'failed';
  if (contest !== undefined) return over ? '' : contestWords(contest);
  return promotion === null ? '' : promotionWords(promotion, over);
};
