import type { Incumbent, Noise } from '../../contract/loop.js';

/** Standard error of a gain, as far as runs of the unchanged artifact tell; null: there is no noise, or none is known. */
export const claimedError = (
  noise: Noise | null,
  candidate: Pick<Incumbent, 'n'>,
  incumbent: Pick<Incumbent, 'n'>,
): number | null =>
  noise === null || noise.sigma === 0 || noise.n < 2
    ? null
    : noise.sigma * Math.sqrt(1 / candidate.n + 1 / incumbent.n);
