/**
 * NaN for no values. Equal values have exactly that mean: a sum divided again is off by a bit for every sixth number,
 * and a metric without noise would then have some, and a copy of the incumbent be better than the incumbent.
 */
export const mean = (values: readonly number[]): number => {
  const [first] = values;
  if (first !== undefined && values.every((value) => value === first)) return first;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** NaN for no values. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return mean([...sorted.slice(Math.floor(at), Math.ceil(at) + 1)]);
};

/** Sample standard deviation (n - 1); 0 for fewer than two values. */
export const standardDeviation = (values: readonly number[]): number => {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
};

/** Standard error of the mean; 0 for fewer than two values. */
export const standardError = (values: readonly number[]): number =>
  values.length < 2 ? 0 : standardDeviation(values) / Math.sqrt(values.length);
