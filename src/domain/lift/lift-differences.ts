import { type MeasuredSystem, taskValues } from './value.js';

/**
 * d_j = V_j(A(R)) - V_j(R) = [u_j(A(R)) - u_j(R)] - lambda log2(cost ratio). A closed gate of V makes every d_j infinite
 * or NaN, which `liftVerdict` calls invalid.
 */
export const liftDifferences = (lifted: MeasuredSystem, base: MeasuredSystem): number[] => {
  if (lifted.scores.length !== base.scores.length) throw new RangeError('a lift is judged on the same tasks');
  const before = taskValues(base);
  return taskValues(lifted).map((one, task) => one - (before[task] ?? Number.NaN));
};
