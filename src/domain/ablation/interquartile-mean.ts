/**
 * Mean of the middle half: a quarter of the weight is cut off at either end, parts of values included, so that it changes
 * smoothly with n. Neither one lucky loop nor one that broke moves it much. NaN for no values.
 */
export const interquartileMean = (values: readonly number[]): number => {
  const n = values.length;
  const [low, high] = [n / 4, (3 * n) / 4];
  const inside = (rank: number): number => Math.max(0, Math.min(rank + 1, high) - Math.max(rank, low));
  const sum = values
    .toSorted((a, b) => a - b)
    .reduce((total, value, rank) => total + inside(rank) * value, 0);
  return sum / (high - low);
};
