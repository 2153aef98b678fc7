import { bestFirst } from '../arms/best-first.js';
import { mean } from '../statistics.js';

/** Meta-evaluations that an outer loop has for its candidates. */
export const META_EVALUATIONS = 48;

export interface Searched {
  /** candidates, best first: those that got further, by all that was measured of them */
  order: readonly number[];
  spent: number;
}

/**
 * Successive halving with one meta-evaluation a round: all candidates once, the better half again on other tasks, and so
 * on; means run over all rounds. 24 candidates take 24 + 12 + 6 + 3 + 2 of 48.
 */
export const searchOuter = (
  candidates: number,
  evaluate: (candidate: number, round: number) => number,
  budget = META_EVALUATIONS,
): Searched => {
  const scores: number[][] = Array.from({ length: candidates }, () => []);
  const meanOf = (one: number): number => mean(scores[one] ?? []);
  let left = Array.from({ length: candidates }, (_, i) => i);
  let out: number[] = [];
  let spent = 0;
  for (let round = 0; left.length > 1 && spent + left.length <= budget; round++) {
    for (const one of left) scores[one]?.push(evaluate(one, round));
    spent += left.length;
    const ordered = bestFirst(left, meanOf);
    const survivors = Math.ceil(ordered.length / 2);
    left = ordered.slice(0, survivors);
    out = [...ordered.slice(survivors), ...out];
  }
  return { order: [...bestFirst(left, meanOf), ...out], spent };
};
