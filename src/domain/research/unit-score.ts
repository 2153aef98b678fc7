import { mean } from '../statistics.js';

/** How far below 0 and above 1 a score counts. (Grounding 3.1: base_j and target_j are fixed in the suite.) */
const LOWEST = -1;
const HIGHEST = 1.5;

export interface Ends {
  /** mean that the child loop's artifact came to on fresh runs; null: it failed there */
  incumbent: number | null;
  /** what counts as 0 */
  base: number;
  /** what counts as 1 */
  target: number;
}

/** u = (y - base) / (target - base), clipped; the same formula whichever way is better. A failed artifact is worth the least. */
export const unitScore = ({ incumbent, base, target }: Ends): number => {
  if (incumbent === null || !Number.isFinite(incumbent)) return LOWEST;
  const span = target - base;
  // a baseline that is the target already has nothing to win; what is worse loses all
  if (span === 0) return incumbent === base ? 0 : LOWEST;
  return Math.min(HIGHEST, Math.max(LOWEST, (incumbent - base) / span)) + 0; // no -0
};

/** Mean of the fresh values; one failed run is a failed artifact. */
export const freshMean = (values: readonly (number | null)[]): number | null => {
  const found = values.flatMap((value) => (value === null ? [] : [value]));
  return found.length === values.length && found.length > 0 ? mean(found) : null;
};
