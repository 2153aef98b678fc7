import { gain } from '../score.js';
import type { Evidence } from './rule.js';

/** Gains of candidate over incumbent on shared seeds, and the first index that is still missing of either. */
export interface Pairs {
  /** null where the candidate failed and the incumbent did not */
  gains: (number | null)[];
  next: { candidate: number[]; incumbent: number[] };
}

/** Index of the first pair that counts: a rule's own, or a later one where the incumbent has changed meanwhile. */
export const firstPair = ({ overtaken }: Pick<Evidence, 'overtaken'>, first: number): number =>
  Math.max(first, overtaken?.from ?? 0);

/** The pairs from one index on, in order, up to the first that isn't complete. */
export const pairsFrom = (evidence: Evidence, first: number): Pairs => {
  const { direction, failed = [] } = evidence;
  const candidate = new Map(evidence.candidate.map(({ index, value }) => [index, value]));
  const incumbent = new Map(evidence.incumbent.map(({ index, value }) => [index, value]));
  const gains: (number | null)[] = [];
  for (let index = firstPair(evidence, first); ; index++) {
    const ours = candidate.get(index);
    const theirs = incumbent.get(index);
    const crashed = failed.includes(index);
    if (theirs === undefined || (ours === undefined && !crashed)) {
      return {
        gains,
        next: {
          candidate: ours === undefined && !crashed ? [index] : [],
          incumbent: theirs === undefined ? [index] : [],
        },
      };
    }
    gains.push(ours === undefined ? null : gain({ value: ours, direction }, { value: theirs, direction }));
  }
};
