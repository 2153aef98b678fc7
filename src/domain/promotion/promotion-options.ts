import type { Noise } from '../../contract/loop.js';
import type { PromotionOptions } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Evidence } from '../acceptance/rule.js';
import { smallestEffect } from '../acceptance/gains.js';
import type { SequentialTest } from '../evidence/keep-step.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import type { Direction } from '../score.js';

/** Pairs up to nmax tell a loss of the margin from none; a smaller one would only use them all up, for each change. */
const canTell = (margin: number, { options, alpha, nmax }: SequentialTest): boolean =>
  margin ** 2 * nmax >= 2 * Math.log(1 / alpha) * options.sd ** 2;

/** What a task's options, the noise and the standing of the unchanged artifact make of branch + promote. */
export const promotionOptions = (
  acceptance: Acceptance,
  baseline: { direction: Direction; value: number; n: number; noise: Noise & { rho?: number } },
): PromotionOptions => {
  const { direction, value, n, noise } = baseline;
  const evidence: Evidence = { direction, candidate: [], incumbent: [], standing: { value, n }, noise };
  const test = sequentialTest(evidence, acceptance);
  const { every, alpha, share, pairedScouts, minEffect } = acceptance;
  const margin = smallestEffect(evidence, { ...acceptance, minEffect: acceptance.margin ?? minEffect });
  return {
    every,
    alpha,
    beta: test.beta,
    nmax: test.nmax,
    evidence: test.process,
    noise: test.options,
    least: smallestEffect(evidence, acceptance),
    share,
    repeats: n,
    margin: canTell(margin, test) ? margin : 0,
    pairedScouts,
  };
};
