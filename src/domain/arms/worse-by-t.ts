import { studentQuantile } from '../distributions/student-t.js';
import { mean, standardError } from '../statistics.js';

/**
 * Arms that a paired one-sided t-test finds worse than the arm of the best mean: irace's t-test option. Each test is at
 * alpha / (k (k - 1)), Bonferroni over all ordered pairs, since any arm may be the one that looks best. Rows of `blocks` hold one value per arm; higher is better. (López-Ibáñez et al., Operations
 * Research Perspectives 3, 2016.)
 */
export const worseByT = (blocks: readonly (readonly number[])[], alpha: number): number[] => {
  const n = blocks.length;
  const k = blocks[0]?.length ?? 0;
  if (n < 2 || k < 2) return [];
  const column = (arm: number): number[] => blocks.map((block) => block[arm] ?? Number.NaN);
  const means = Array.from({ length: k }, (_, arm) => mean(column(arm)));
  const best = means.indexOf(Math.max(...means));
  const critical = studentQuantile(1 - alpha / (k * (k - 1)), n - 1);
  return means.flatMap((_, arm) => {
    if (arm === best) return [];
    const lead = blocks.map((block) => (block[best] ?? Number.NaN) - (block[arm] ?? Number.NaN));
    return mean(lead) > critical * standardError(lead) ? [arm] : [];
  });
};
