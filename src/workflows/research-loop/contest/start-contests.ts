import type { RunRecord } from '../../../contract/measurement.js';
import { isContestRule } from '../../../domain/contest/contest-rules.js';
import { openPace } from '../../../domain/contest/idle-rungs.js';
import type { Loop } from '../loop.js';

/** Under race, halving and hyperband candidates of a noisy metric meet; without noise one run of each says everything. */
export const startContests = (loop: Loop, baseline: readonly RunRecord[] = []): void => {
  const { rule } = loop.input.task.acceptance;
  const { noise } = loop.state;
  if (!isContestRule(rule) || noise === null) return;
  if (noise.n > 1 && noise.sigma === 0) {
    loop.event('notice', 'the metric has no noise: one run decides, and no candidates need to meet');
    return;
  }
  const pace = rule === 'hyperband' ? openPace(baseline) : null;
  const nextSeed = Math.max(noise.n, baseline.length);
  const contests = { nextSeed, held: 0, current: null, ...(pace === null ? {} : { pace }) };
  loop.state = { ...loop.state, contests };
};
