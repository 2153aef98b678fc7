import type { Signs } from '../../contract/evidence.js';
import { logMeanExp } from './log-mean-exp.js';
import { finite } from './not-finite.js';
import type { Process } from './process.js';
import { STAKES } from './stakes.js';

/**
 * Betting on the sign alone: E = mean over stakes l of (1 + l)^wins (1 - l)^losses. It tests P(win) <= 1/2, the median
 * and not the mean: ninety small wins hide ten catastrophes.
 */
export const sign: Process<Signs> = {
  empty: { kind: 'signs', wins: 0, losses: 0 },
  add({ wins, losses }, d) {
    finite(d, 'a difference');
    return { kind: 'signs', wins: wins + (d > 0 ? 1 : 0), losses: losses + (d < 0 ? 1 : 0) };
  },
  logE: ({ wins, losses }) => logMeanExp(STAKES.map((l) => wins * Math.log1p(l) + losses * Math.log1p(-l))),
};
