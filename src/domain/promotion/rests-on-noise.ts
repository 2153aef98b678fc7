import type { Incumbent } from '../../contract/incumbent.js';
import type { PromotionOptions, PromotionState, RestsOnNoise } from '../../contract/promotion.js';
import { EVIDENCE } from '../evidence/evidence.js';
import { TRUSTS_SD } from '../evidence/guarded-step.js';
import { addToSums, NO_SUMS } from '../evidence/sums.js';
import { t } from '../evidence/t.js';
import type { Direction } from '../score.js';
import { differencesOf } from './differences-of.js';
import type { MeasuredPair } from './measured-pair.js';

/** Promotions that are remembered; older ones have stood through that many. */
const MOST = 8;

interface Won {
  experiment: number;
  before: Incumbent;
  pairs: readonly MeasuredPair[];
}

/** The promotions that rest on the planned noise, with one more if `t`, which needs none, would not have kept it. */
export const withWon = (
  begun: PromotionState,
  { experiment, before, pairs }: Won,
  direction: Direction,
): RestsOnNoise[] => {
  const { options, resting = [], phase } = begun;
  const alpha = phase.kind === 'test' ? phase.alpha : options.alpha;
  const tested = pairs.filter(({ stage }) => stage === 'test');
  const sums = differencesOf(tested, options, direction)
    .filter((one) => typeof one === 'number')
    .reduce(addToSums, NO_SUMS);
  const needsNone = !TRUSTS_SD.includes(options.evidence) || t.logE(sums, options.noise) >= -Math.log(alpha);
  return needsNone ? resting : [...resting, { experiment, before, alpha, sums }].slice(-MOST);
};

/** Whether the pairs of a promotion are evidence enough under another noise too. */
export const standsUnder = (
  { noise, evidence }: PromotionOptions,
  { sums, alpha }: RestsOnNoise,
): boolean => {
  // what t says of them is known, and was not enough
  if (!TRUSTS_SD.includes(evidence)) return false;
  return EVIDENCE[evidence].logE(sums, noise) >= -Math.log(alpha);
};
