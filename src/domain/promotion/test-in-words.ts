import type { PromotionOptions } from '../../contract/promotion.js';
import { inWords } from '../acceptance/gains.js';
import { eValueInWords } from '../evidence/e-value-in-words.js';
import { logE } from '../evidence/evidence.js';
import { counted, formatSpread } from '../format.js';
import type { Direction } from '../score.js';
import { mean } from '../statistics.js';
import type { MeasuredPair } from './measured-pair.js';
import { pairDifference } from './pair-difference.js';
import { upward } from './upward.js';

export interface Tested {
  options: PromotionOptions;
  /** level of this test */
  alpha: number;
  direction: Direction;
  /** of the test alone, in order */
  pairs: readonly MeasuredPair[];
}

const up = (direction: Direction, value: number | null): number | null =>
  value === null ? null : upward(direction, value);

const percent = (part: number): string => `${formatSpread(part * 100)} %`;

/** How often a verdict like this is wrong. */
export const falseRate = ({ options, alpha }: Tested): string =>
  options.share
    ? `of all promotions at most ${percent(options.alpha)} are false, this test had ${percent(alpha)}`
    : `a branch that is no better passes at most ${percent(alpha)} of tests`;

/** What the pairs of a promotion test say, and how a test that was not won ended. */
export const testInWords = ({ options, alpha, direction, pairs }: Tested) => {
  const all = pairs.map(({ left, right }) =>
    pairDifference(options, { left: up(direction, left), right: up(direction, right) }),
  );
  const out = pairs[all.indexOf('out')];
  const d = all.filter((one) => typeof one === 'number');
  const gain = d.length === 0 ? 0 : mean(d);
  const e = options.noise.sd === 0 ? 0 : logE(options.evidence, d, options.noise);
  const evidence = `e-value ${eValueInWords(e)} of ${formatSpread(1 / alpha)} (${options.evidence})`;
  const measured = `${inWords(gain)} over ${counted(d.length, 'pair')}, ${evidence}`;
  if (out !== undefined) {
    const reason = `the branch failed on seed ${String(out.seed)} where the trunk ran; ${measured}`;
    return { gain, measured, lost: { outcome: 'discard' as const, reason } };
  }
  const { least } = options;
  if (e >= -Math.log(alpha) && gain > 0 && gain < least) {
    const reason = `${measured}, but less than the smallest effect ${formatSpread(least)}`;
    return { gain, measured, lost: { outcome: 'discard' as const, reason } };
  }
  return d.length + all.filter((one) => one === 'spoilt').length >= options.nmax && gain > 0
    ? { gain, measured, lost: { outcome: 'inconclusive' as const, reason: `${measured}: all pairs used up` } }
    : { gain, measured, lost: { outcome: 'discard' as const, reason: `${measured}: hopeless` } };
};
