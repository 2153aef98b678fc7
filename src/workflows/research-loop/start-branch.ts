import { openBranch } from '../../domain/promotion/open-branch.js';
import { promotionOptions } from '../../domain/promotion/promotion-options.js';
import type { Loop } from './loop.js';

/** Under branch + promote a metric with noise has a trunk and a branch; without noise every keep stands at once. */
export const startBranch = (loop: Loop, values: readonly (number | null)[], firstSeed = 0): void => {
  const { acceptance, measure } = loop.input.task;
  const { incumbent: trunk, noise } = loop.state;
  if (acceptance.rule !== 'branch+promote' || trunk === null || noise === null) return;
  if (noise.n > 1 && noise.sigma === 0) {
    loop.event('notice', 'the metric has no noise: one run decides, and every keep stands at once');
    return;
  }
  const { direction } = measure.metric;
  const { value, n } = trunk;
  const options = promotionOptions(acceptance, { direction, value, n, noise });
  loop.state = { ...loop.state, ...openBranch(options, { trunk, values, direction, firstSeed }) };
};
