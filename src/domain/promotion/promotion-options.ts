import type { Noise } from '../../contract/loop.js';
import type { PromotionOptions } from '../../contract/promotion.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Evidence } from '../acceptance/rule.js';
import { smallestEffect } from '../acceptance/gains.js';
import { sequentialTest } from '../acceptance/sequential-test.js';
import type { Direction } from '../score.js';

/** What a task's options, the noise and the standing of the unchanged artifact make of branch + promote. */
export const promotionOptions = (
  acceptance: Acceptance,
  baseline: { direction: Direction; value: number; n: number; noise: Noise },
): PromotionOptions => {
  const { direction, value, n, noise } = baseline;
  const evidence: Evidence = { direction, candidate: [], incumbent: [], standing: { value, n }, noise };
  const test = sequentialTest(evidence, acceptance);
  const { every, alpha, share, pairedScouts, minEffect, margin } = acceptance;
  return {
    every,
    alpha,
    beta: test.beta,
    nmax: test.nmax,
    evidence: test.process,
    noise: test.options,
    share,
    repeats: n,
    margin: smallestEffect(evidence, { ...acceptance, minEffect: margin ?? minEffect }),
    pairedScouts,
  };
};
