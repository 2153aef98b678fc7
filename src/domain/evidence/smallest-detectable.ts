import { normalQuantile } from '../distributions/normal.js';
import { waldPairs } from './wald.js';

/** What a budget of pairs per candidate is asked to see. */
export interface Budget {
  /** pairs of runs, candidate and incumbent on one seed, that a candidate may cost */
  pairs: number;
  /** standard deviation of one difference */
  sd: number;
  alpha: number;
  /** chance to miss the effect */
  beta: number;
}

/** Smallest effect that a test with a fixed number of pairs sees: sd (z_(1-alpha) + z_(1-beta)) / sqrt(pairs). */
export const smallestDetectable = ({ pairs, sd, alpha, beta }: Budget): number =>
  (sd * (normalQuantile(1 - alpha) + normalQuantile(1 - beta))) / Math.sqrt(pairs);

/**
 * Smallest effect that an sprt for it decides in so many pairs on average: Wald's expectation at D = delta falls with
 * (sd / delta)^2, so delta = sd sqrt(E[n of delta = sd = 1] / pairs).
 */
export const smallestDetectableBySprt = ({ pairs, sd, alpha, beta }: Budget): number =>
  sd * Math.sqrt(waldPairs({ alpha, beta, delta: 1, sd: 1 }, 1) / pairs);
