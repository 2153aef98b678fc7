import { NotFinite } from './not-finite.js';

/** ln 200: the average run to a false alarm is at least 200 steps. ln 20 in the tables of the specification. */
export const CUSUM_THRESHOLD = Math.log(200);

/**
 * CUSUM of e-values: S_k = max(0, S_(k-1)) + logE_k, alarm at the threshold. While nothing has changed the average run
 * length to an alarm is at least exp(threshold). (Shin, Ramdas & Rinaldo, e-detectors, arXiv 2203.03532.)
 */
export const cusumStep = (
  sum: number,
  logE: number,
  threshold: number = CUSUM_THRESHOLD,
): { sum: number; alarm: boolean } => {
  if (Number.isNaN(logE)) throw new NotFinite('a log e-value is NaN');
  const next = Math.max(0, sum) + logE;
  return { sum: next, alarm: next >= threshold };
};
