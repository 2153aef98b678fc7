import { fisherCdf } from '../distributions/fisher-f.js';
import { studentQuantile } from '../distributions/student-t.js';
import { ranks } from './ranks.js';

/** Ranks of the arms within each block, summed, and what the tests on them need. */
const rankSums = (blocks: readonly (readonly number[])[], k: number) => {
  const sums = Array.from({ length: k }, () => 0);
  let squares = 0;
  for (const block of blocks) {
    ranks(block).forEach((rank, arm) => {
      sums[arm] = (sums[arm] ?? 0) + rank;
      squares += rank * rank;
    });
  }
  return { sums, squares };
};

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/**
 * Arms (rows of `blocks` hold one value per arm; higher is better) that are significantly worse than the best by ranks:
 * Friedman's test in the form of Iman & Davenport, F = (n - 1) T / (n (k - 1) - T), and only if it rejects Conover's
 * post hoc: the difference of two rank sums against t_(1 - alpha/2) sqrt(2 n (1 - T / (n (k - 1))) (A - C) /
 * ((n - 1) (k - 1))), A the sum of squared ranks, C = n k (k + 1)^2 / 4. (Conover, Practical Nonparametric Statistics,
 * 1999, 5.8; used so in F-race, Birattari et al. 2002.)
 */
export const worseByFriedman = (blocks: readonly (readonly number[])[], alpha: number): number[] => {
  const n = blocks.length;
  const k = blocks[0]?.length ?? 0;
  if (n < 2 || k < 2) return [];
  const { sums, squares } = rankSums(blocks, k);
  const centre = (n * k * (k + 1) ** 2) / 4;
  if (squares === centre) return []; // all tied
  const spread = total(sums.map((sum) => (sum - (n * (k + 1)) / 2) ** 2));
  const statistic = ((k - 1) * spread) / (squares - centre);
  const rest = Math.max(0, n * (k - 1) - statistic);
  const f = rest === 0 ? Number.POSITIVE_INFINITY : ((n - 1) * statistic) / rest;
  const freedom = (n - 1) * (k - 1);
  if (1 - fisherCdf(f, k - 1, freedom) >= alpha) return [];
  const unexplained = 2 * n * (1 - statistic / (n * (k - 1))) * (squares - centre);
  const critical = studentQuantile(1 - alpha / 2, freedom) * Math.sqrt(Math.max(0, unexplained) / freedom);
  const best = Math.max(...sums);
  return sums.flatMap((sum, arm) => (best - sum > critical ? [arm] : []));
};
