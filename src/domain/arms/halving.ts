import { bestFirst } from './best-first.js';

/** One round of halving: who is measured and how often each. */
export interface Round {
  arms: number[];
  pulls: number;
}

const rounds = (k: number): number => Math.ceil(Math.log2(k));

/** Pulls of each arm in a round with so many left: floor(budget / (left * ceil(log2 k))). */
export const halvingPulls = (k: number, left: number, budget: number): number =>
  k < 2 ? 0 : Math.floor(budget / (left * rounds(k)));

/**
 * The round after this one: the better half (rounded up) of its arms by mean over the round's own pulls, higher is
 * better; null when one arm is left. k arms take ceil(log2 k) rounds and at most `budget` pulls. (Sequential halving:
 * Karnin, Koren & Somekh, ICML 2013.)
 */
export const nextRound = (
  { k, budget }: { k: number; budget: number },
  arms: readonly number[],
  meanOf: (arm: number) => number,
): Round | null => {
  const kept = bestFirst(arms, meanOf).slice(0, Math.ceil(arms.length / 2));
  return kept.length < 2 ? null : { arms: kept, pulls: halvingPulls(k, kept.length, budget) };
};

/** The first round, with every arm. */
export const firstRound = ({ k, budget }: { k: number; budget: number }): Round => ({
  arms: Array.from({ length: k }, (_, arm) => arm),
  pulls: halvingPulls(k, k, budget),
});

/** The arm that halving ends with on a table of values, `matrix[arm][pull]`; each round reads the pulls after the last. */
export const halve = (matrix: readonly (readonly number[])[], budget: number): number => {
  const k = matrix.length;
  if (k === 0) throw new RangeError('halving needs an arm');
  let from = 0;
  let round: Round | null = firstRound({ k, budget });
  let arms = round.arms;
  while (round !== null && round.arms.length > 1) {
    const { pulls } = round;
    const start = from;
    const meanOf = (arm: number): number => {
      const values = (matrix[arm] ?? []).slice(start, start + pulls);
      return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
    };
    from += pulls;
    arms = bestFirst(round.arms, meanOf);
    round = nextRound({ k, budget }, round.arms, meanOf);
  }
  return arms[0] ?? 0;
};
