import type { Acceptance } from '../../contract/task-schema.js';
import { differenceSd } from '../evidence/pooled-noise.js';
import type { SequentialTest } from '../evidence/keep-step.js';
import { smallestEffect } from './gains.js';
import type { Evidence } from './rule.js';

/** Degrees of freedom from which on an estimated sd may be taken for the true one (9.8 % false keeps with 2, 4.5 % with 9). */
export const ENOUGH_FREEDOM = 9;

/** The gain that the test looks for: the practical minimum, and never less than half the noise of a pair. */
const effectOf = (evidence: Evidence, options: Acceptance, sd: number): number => {
  const { mde } = options;
  const practical = smallestEffect(evidence, mde === undefined ? options : { ...options, minEffect: mde });
  return Math.max(practical, 0.5 * sd);
};

/**
 * The sequential test that a task's options and the noise so far ask for. Where the noise rests on fewer than nine
 * degrees of freedom `t` stands in for `z` and `mz`; without any, `bet` needs a bound of its own and nothing is futile.
 */
export const sequentialTest = (evidence: Evidence, options: Acceptance): SequentialTest => {
  const { noise } = evidence;
  const sd = noise === null || noise.n < 2 ? 0 : differenceSd(noise);
  const known = (0.5 * sd) ** 2 > 0; // a spread whose square underflows is none
  const enough = known && noise !== null && noise.n - 1 >= ENOUGH_FREEDOM;
  const bound = options.bound ?? (known ? 4 * sd : undefined);
  const wanted = options.evidence;
  const needsSd = wanted === 'z' || wanted === 'mz';
  const process = (needsSd && !enough) || (wanted === 'bet' && bound === undefined) ? 't' : wanted;
  const scale = known ? sd : 1;
  const delta = effectOf(evidence, options, scale);
  return {
    process,
    options: { sd: scale, delta, tau: delta, bound: bound ?? 1 },
    alpha: options.alpha,
    beta: known ? options.beta : null,
    nmax: options.nmax,
  };
};
