/**
 * Kendall's tau-b: pairs that two orders agree on minus those they disagree on, over the pairs that neither ties,
 * geometrically; NaN where one side is all ties. (Kendall, Biometrika 33, 1945.)
 */
export const kendall = (a: readonly number[], b: readonly number[]): number => {
  let [agreement, orderedA, orderedB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const [x, y] = [Math.sign((a[i] ?? 0) - (a[j] ?? 0)), Math.sign((b[i] ?? 0) - (b[j] ?? 0))];
      agreement += x * y;
      orderedA += x * x;
      orderedB += y * y;
    }
  return agreement / Math.sqrt(orderedA * orderedB);
};
