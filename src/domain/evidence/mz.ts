import type { Sums } from '../../contract/evidence.js';
import { positive } from './not-finite.js';
import type { Process } from './process.js';
import { addToSums, NO_SUMS } from './sums.js';

/**
 * `z` mixed over delta ~ N(0, tau): logE = -ln(1 + n tau^2 / sd^2) / 2 + S^2 tau^2 / (2 sd^2 (sd^2 + n tau^2)), S the
 * sum. Two-sided: a large loss is evidence too, so who keeps on it must look at the sign of S. (mSPRT, Johari et al.,
 * arXiv 1512.04922.)
 */
export const mz: Process<Sums> = {
  empty: NO_SUMS,
  add: addToSums,
  logE({ n, sum }, { sd, tau }) {
    const variance = positive(sd, 'sd') ** 2;
    const spread = positive(tau, 'tau') ** 2;
    const growth = -0.5 * Math.log1p((n * spread) / variance);
    return growth + (sum * sum * spread) / (2 * variance * (variance + n * spread));
  },
};
