import type { Sums, TestState } from '../../contract/evidence.js';
import type { PromotionOptions } from '../../contract/promotion.js';
import { addToSums } from '../evidence/sums.js';

interface Sofar {
  test: TestState;
  scored?: Sums;
}

/** The pairs that tell of the noise: a crash counts as the worst loss there is, and that is no measurement. */
export const scoredOf = ({ test, scored }: Sofar): Sums => scored ?? test.sums;

/** The same with one pair more, from the first crash on; before it they are the test's own. */
export const withScored = (
  { crashesApart }: PromotionOptions,
  sofar: Sofar,
  { left, d }: { left: number | null; d: number },
): { scored?: Sums } => {
  if (left === null) return crashesApart === true ? { scored: scoredOf(sofar) } : {};
  return sofar.scored === undefined ? {} : { scored: addToSums(sofar.scored, d) };
};
