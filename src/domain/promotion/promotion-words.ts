import type { PromotionStatus } from '../../contract/loop.js';
import { counted } from '../format.js';

const NEXT: Record<PromotionStatus['phase'], string> = {
  scout: '',
  test: 'the branch is being tested against the trunk',
  prune: 'the branch has won: changes that do not matter are looked for',
  seal: 'the branch has won',
  standing: 'the new trunk is being measured',
  halted: 'the trunk fails too often',
};

/** "2 provisional changes, next promotion test in 5 candidates": what the trunk's value doesn't say. */
export const promotionWords = (
  { phase, provisional, scoutsLeft }: PromotionStatus,
  over: boolean,
): string => {
  const changes = provisional === 0 ? 'nothing provisional' : counted(provisional, 'provisional change');
  if (over) return provisional === 0 ? changes : `${changes} that no test was made of`;
  const next = phase === 'scout' ? `next promotion test in ${counted(scoutsLeft, 'candidate')}` : NEXT[phase];
  return `${changes}, ${next}`;
};
