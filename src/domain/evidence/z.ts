import type { Sums } from '../../contract/evidence.js';
import { positive } from './not-finite.js';
import type { Process } from './process.js';
import { addToSums, NO_SUMS } from './sums.js';

/**
 * Likelihood ratio of N(delta, sd) against N(0, sd): logE = sum_i (delta d_i - delta^2 / 2) / sd^2. A supermartingale
 * for every mean <= 0 when sd is known (9 degrees of freedom or more). The numerator of Wald's sequential probability
 * ratio test (Ann. Math. Statist. 16, 1945).
 */
export const z: Process<Sums> = {
  empty: NO_SUMS,
  add: addToSums,
  logE({ n, sum }, { delta, sd }) {
    positive(delta, 'delta');
    return (delta * sum - (n * delta * delta) / 2) / positive(sd, 'sd') ** 2;
  },
};
