import type { Wealth } from '../../contract/evidence.js';
import { logMeanExp } from './log-mean-exp.js';
import { finite, positive } from './not-finite.js';
import type { Process } from './process.js';
import { STAKES } from './stakes.js';

/**
 * Betting on bounded differences, |d| <= B, with no other assumption: E = mean over stakes l of prod_i (1 + l d_i / B).
 * A gain past the bound counts as the bound; a loss past it takes all wealth, so that a wrong bound can only cost
 * power, never validity. (Waudby-Smith & Ramdas, JRSS B 86(1), 2024.)
 */
export const bet: Process<Wealth> = {
  empty: { kind: 'wealth', logs: STAKES.map(() => 0) },
  add({ logs }, d, { bound }) {
    const share = Math.min(finite(d, 'a difference') / positive(bound, 'the bound'), 1);
    if (logs === null || share < -1) return { kind: 'wealth', logs: null };
    return { kind: 'wealth', logs: logs.map((log, i) => log + Math.log1p((STAKES[i] ?? 0) * share)) };
  },
  logE: ({ logs }) => (logs === null ? Number.NEGATIVE_INFINITY : logMeanExp(logs)),
};
