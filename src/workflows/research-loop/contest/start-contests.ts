import { isContestRule } from '../../../domain/contest/contest-rules.js';
import type { Loop } from '../loop.js';

/** Under race, halving and hyperband candidates of a noisy metric meet; without noise one run of each says everything. */
export const startContests = (loop: Loop): void => {
  const { rule } = loop.input.task.acceptance;
  const { noise } = loop.state;
  if (!isContestRule(rule) || noise === null) return;
  if (noise.n > 1 && noise.sigma === 0) {
    loop.event('notice', 'the metric has no noise: one run decides, and no candidates need to meet');
    return;
  }
  loop.state = { ...loop.state, contests: { nextSeed: noise.n, held: 0, current: null } };
};
