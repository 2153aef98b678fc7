import { random } from '../random.js';
import type { CopyRuns } from './judge-copy.js';

/**
 * The same runs where a share of them crashes, each by itself: whether crashes share seeds isn't known from one run of
 * each. The runs' own draws are not shifted.
 */
export const withCrashes = (run: CopyRuns, rate: number, seed: readonly number[]): CopyRuns =>
  rate === 0
    ? run
    : (arm, index) => (random('copies crash', ...seed, arm, index).next() < rate ? null : run(arm, index));
