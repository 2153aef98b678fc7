import { logE } from '../evidence/evidence.js';

/** Log e-value of paired gains against "the mean gain is at most 0". */
export type Evidence = (gains: readonly number[]) => number;

/** What the other processes need to know; `t` estimates it. */
const UNKNOWN = { sd: 1, delta: 1, tau: 1, bound: 1 };

/** For a standard deviation that nobody knows: a vault's metric may be anything. */
export const tEvidence: Evidence = (gains) => logE('t', gains, UNKNOWN);
