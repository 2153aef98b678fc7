import type { EvidenceName } from '../../contract/evidence.js';
import type { Differences, PromotionOptions } from '../../contract/promotion.js';
import { inWords } from '../acceptance/gains.js';
import { eValueInWords } from '../evidence/e-value-in-words.js';
import { logE } from '../evidence/evidence.js';
import { processFor } from '../evidence/guarded-step.js';
import { addToSums, NO_SUMS } from '../evidence/sums.js';
import { counted, formatSpread, formatShare } from '../format.js';
import type { Direction } from '../score.js';
import { mean } from '../statistics.js';
import type { MeasuredPair } from './measured-pair.js';
import { differencesOf } from './differences-of.js';

export interface Tested {
  options: PromotionOptions;
  /** level of this test */
  alpha: number;
  direction: Direction;
  /** of the test alone, in order */
  pairs: readonly MeasuredPair[];
  /** what earlier tests showed since the noise in force was set */
  before: Differences;
}

/** The process that has the say in the end. */
const decidedBy = ({ options, before }: Tested, d: readonly number[]): EvidenceName =>
  options.guarded === true
    ? processFor({ process: options.evidence, options: options.noise }, d.reduce(addToSums, NO_SUMS), before)
    : options.evidence;

/** How often a verdict like this is wrong. */
export const falseRate = ({ options, alpha }: Tested): string =>
  options.share
    ? `of all promotions at most ${formatShare(options.alpha)} are false, this test had ${formatShare(alpha)}`
    : `a branch that is no better passes at most ${formatShare(alpha)} of tests`;

/** Where the process has a number for a run of the branch that failed. */
const failedInWords = ({ options, pairs }: Tested): string => {
  const failed = pairs.filter(({ left, right }) => left === null && right !== null).length;
  return failed === 0 || options.evidence !== 'bet'
    ? ''
    : ` (${counted(failed, 'failed run')} of the branch counted as -${formatSpread(options.noise.bound)})`;
};

/** What the pairs of a promotion test say, and how a test that was not won ended. */
export const testInWords = (tested: Tested) => {
  const { options, alpha, direction, pairs } = tested;
  const all = differencesOf(pairs, options, direction);
  const out = pairs[all.indexOf('out')];
  const d = all.filter((one) => typeof one === 'number');
  const gain = d.length === 0 ? 0 : mean(d);
  const process = decidedBy(tested, d);
  const e = options.noise.sd === 0 ? 0 : logE(process, d, options.noise);
  const instead =
    process === options.evidence ? '' : `, as the pairs scatter more than ${options.evidence} may trust in`;
  const evidence = `e-value ${eValueInWords(e)} of ${formatSpread(1 / alpha)} (${process}${instead})`;
  const measured = `${inWords(gain)} over ${counted(d.length, 'pair')}${failedInWords(tested)}, ${evidence}`;
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
