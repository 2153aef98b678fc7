import type { Noise } from '../../contract/incumbent.js';
import type { Differences, PromotionState } from '../../contract/promotion.js';
import { ENOUGH_FREEDOM } from '../acceptance/sequential-test.js';
import { fisherCdf } from '../distributions/fisher-f.js';
import { pooledNoise } from '../evidence/pooled-noise.js';
import { counted, formatSpread } from '../format.js';
import type { MeasuredPair } from './measured-pair.js';

/** How often noise that has not changed is measured anew all the same: then more is known of it, and that is all. */
const LEVEL = 0.01;

/** A promotion's test, and what differences have come to by its end. */
export interface PairsSeen {
  begun: PromotionState;
  now: Pick<PromotionState, 'differences'>;
  pairs: readonly MeasuredPair[];
}

export interface NoiseFound {
  noise: Noise;
  /** of the pairs that it rests on; those from before were measured under another noise */
  differences: Differences;
  words: string;
}

/** Whether so much more than planned is no chance: an F-test of the two variances. */
const isMore = ({ squares, df }: Differences, sd: number, known: number): boolean =>
  df > 0 && fisherCdf(squares / df / sd ** 2, df, known) > 1 - LEVEL;

/** The pairs that scatter more: of this test, as noise may have grown, else of all that the noise in force doesn't rest on. */
const news = ({ begun, now }: PairsSeen, noise: Noise): Differences | null => {
  const { differences: old, options } = begun;
  const { squares, df } = now.differences;
  const own = { squares: squares - old.squares, df: df - old.df };
  const isSet = old.df >= ENOUGH_FREEDOM;
  const known = Math.max(noise.n - 1, isSet ? old.df : 0);
  const asked = isSet ? [own] : [own, now.differences];
  return asked.find((one) => isMore(one, options.noise.sd, known)) ?? null;
};

/** Noise of one run as the scores of both arms of a test show it. */
const ofArms = (pairs: readonly MeasuredPair[]): number => {
  const arm = (of: 'left' | 'right') =>
    pairs.flatMap(({ stage, seed, [of]: value }) =>
      stage === 'test' && value !== null ? [{ seed, value }] : [],
    );
  return pooledNoise([arm('left'), arm('right')]).sigma;
};

/**
 * The noise as the pairs of a test show it where that is more than was planned with; null
 * where nothing speaks against the plan. It is never less than before: shared seeds take away what they do, and how much is
 * learnt from pairs to come.
 */
export const noiseOfPairs = (seen: PairsSeen, noise: Noise | null): NoiseFound | null => {
  const { options } = seen.begun;
  const { sd } = options.noise;
  if (options.guarded !== true || noise === null || noise.n < 2 || noise.sigma === 0 || sd === 0) return null;
  const differences = news(seen, noise);
  if (differences === null) return null;
  const { squares, df } = differences;
  const spread = Math.sqrt(squares / df);
  const sigma = Math.max(noise.sigma, ofArms(seen.pairs), spread / Math.SQRT2);
  const words =
    `; the pairs scatter by ${formatSpread(spread)} where ${formatSpread(sd)} was planned: ` +
    `noise measured anew: σ ${formatSpread(sigma)} (${counted(df, 'degree')} of freedom)`;
  return { noise: { sigma, n: df + 1, from: 'pairs' }, differences, words };
};
