import type { Sums } from '../../contract/evidence.js';
import { logChiTransform } from '../distributions/log-chi-transform.js';
import { logMeanExp } from './log-mean-exp.js';
import type { Process } from './process.js';
import { addToSums, NO_SUMS } from './sums.js';

/** Standardised effects mean / sd that the mixture bets on. */
const EFFECTS = [0.5, 1, 2, 4];

/**
 * Unknown sd, unchanged by scaling: the right-Haar likelihood ratio of mean / sd = g against 0, mixed over g:
 * E = mean_g exp(-n g^2 / 2) sum_k (g r)^k / k! 2^(k/2) Gamma((n + k) / 2) / Gamma(n / 2), r = S / sqrt(sum d^2), the
 * sum being E[exp(g r chi_n)]. It says nothing before the second difference. Normal differences are assumed: under
 * rare catastrophes it is wrong. (Pérez-Ortiz et al., Ann. Statist. 52(4), 2024; Wang & Ramdas, arXiv 2310.03722.)
 */
export const t: Process<Sums> = {
  empty: NO_SUMS,
  add: addToSums,
  logE({ n, sum, squares }) {
    if (n < 2 || squares === 0) return 0;
    const r = sum / Math.sqrt(squares);
    return logMeanExp(EFFECTS.map((g) => (-n * g * g) / 2 + logChiTransform(n, g * r)));
  },
};
