/** ln of the mean of exp(x), without overflow. */
export const logMeanExp = (logs: readonly number[]): number => {
  const top = Math.max(...logs);
  if (!Number.isFinite(top)) return top;
  return top + Math.log(logs.reduce((sum, x) => sum + Math.exp(x - top), 0) / logs.length);
};
