import type { Incumbent, Noise } from '../../contract/loop.js';
import type { PromotionState, RestsOnNoise } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Direction } from '../score.js';
import { type BranchState, onTrunk } from './branch-state.js';
import { giveUp } from './give-up.js';
import type { MeasuredPair } from './measured-pair.js';
import { noiseOfPairs } from './noise-of-pairs.js';
import { putBack } from './put-back.js';
import { standsUnder, withWon } from './rests-on-noise.js';
import { retune } from './retune.js';

/**
 * How a promotion ended. promoted: the machine's state stands. lost: it is back on the old trunk. given-up: it must be
 * brought back. stopped: the branch waits for another test.
 */
export type PromotionEnd = 'promoted' | 'lost' | 'given-up' | 'stopped';

export interface Ended {
  end: PromotionEnd;
  /** trunk and branch when the test began, with its level already taken */
  begun: BranchState & { promotion: PromotionState; trunk: Incumbent };
  /** the machine's state now */
  now: PromotionState;
  /** what stands from now on */
  trunk: Incumbent;
  pairs: readonly MeasuredPair[];
}

interface Terms {
  acceptance: Acceptance;
  noise: Noise | null;
  direction: Direction;
}

/** What follows from a promotion. */
export interface Aftermath {
  state: BranchState;
  noise: Noise | null;
  /** what its pairs say of the noise, for its row; '' where that is nothing new */
  words: string;
  /** set where the pairs showed more noise than was planned with */
  anew?: Noise;
  /** set where promotions don't stand under that noise: the trunk to go back to, and what is tested on it next */
  back?: { to: Incumbent; state: BranchState };
}

const restingAfter = ({ end, begun, now, trunk, pairs }: Ended, direction: Direction): RestsOnNoise[] =>
  end === 'promoted' && begun.promotion.options.guarded === true
    ? withWon(begun.promotion, { experiment: trunk.experiment, before: begun.trunk, pairs }, direction)
    : (now.resting ?? []);

const doubtInWords = (doubted: readonly RestsOnNoise[]): string =>
  `; ${doubted.map(({ experiment }) => `#${String(experiment)}`).join(', ')} would not have been promoted with so much noise: ` +
  `back on the branch, to be tested again`;

/** Trunk and branch after a promotion; stopped, the branch is as it was and only its seeds are used up. */
export const afterPromotion = (ended: Ended, { acceptance, noise, direction }: Terms): Aftermath => {
  const { end, begun, now, trunk, pairs } = ended;
  if (end === 'stopped') {
    const promotion = { ...begun.promotion, nextSeed: now.nextSeed };
    return { state: { ...begun, trunk, promotion }, noise, words: '' };
  }
  const next = end === 'given-up' ? giveUp(begun.promotion, now) : now;
  const found = noiseOfPairs({ begun: begun.promotion, now, pairs }, noise);
  const resting = restingAfter(ended, direction);
  const known = {
    ...next,
    differences: found?.differences ?? next.differences,
    ...(resting.length === 0 ? {} : { resting }),
  };
  const inForce = found?.noise ?? noise;
  const promotion = retune(known, acceptance, { trunk, noise: inForce, direction });
  const state = onTrunk(promotion, trunk, direction);
  if (found === null) return { state, noise, words: '' };
  const doubted = resting.filter((one) => !standsUnder(promotion.options, one));
  const [first] = doubted;
  const after = { state, noise: inForce, anew: found.noise };
  if (first === undefined) return { ...after, words: found.words };
  const back = { to: first.before, state: putBack({ promotion, trunk }, first, direction) };
  return { ...after, words: found.words + doubtInWords(doubted), back };
};
