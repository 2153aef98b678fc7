import type { Outcome } from '../../contract/outcome.js';
import { STILL_LIFTS } from '../lift/fixed-point.js';

/** How a lift ended, as far as standing still is concerned. */
export interface Ended {
  outcome: Outcome;
  /** the experiment that it repeats; null: none */
  duplicateOf: number | null;
  /** whether anything was run */
  ran: boolean;
}

/** Lifts in a row that gave what stands again: A(R) = R. One that was run is another system; what came to nothing tells nothing. */
export const stillAfter = (
  still: number | undefined,
  { outcome, duplicateOf, ran }: Ended,
  standing: number,
): number => {
  if (outcome === 'no_change' || (outcome === 'duplicate' && duplicateOf === standing))
    return (still ?? 0) + 1;
  return ran ? 0 : (still ?? 0);
};

/** A system that maps to itself has to show that it is more than that. */
export const standsStill = (still: number | undefined): boolean => (still ?? 0) >= STILL_LIFTS;
