import type { PromotionOptions } from '../../contract/promotion.js';
import type { Direction } from '../score.js';
import type { MeasuredPair } from './measured-pair.js';
import { pairDifference } from './pair-difference.js';
import { upward } from './upward.js';

const up = (direction: Direction, value: number | null): number | null =>
  value === null ? null : upward(direction, value);

/** What each pair says, in order. */
export const differencesOf = (
  pairs: readonly MeasuredPair[],
  options: PromotionOptions,
  direction: Direction,
): (number | 'spoilt' | 'out')[] =>
  pairs.map(({ left, right }) =>
    pairDifference(options, { left: up(direction, left), right: up(direction, right) }),
  );
