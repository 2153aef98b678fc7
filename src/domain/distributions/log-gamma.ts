/** Coefficients of Stirling's series for ln Gamma: B_2k / (2k (2k - 1)). */
const SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln Gamma(x) for x > 0: Stirling's series past 9, the recurrence below. Relative error about 1e-15. */
export const logGamma = (x: number): number => {
  let shift = 0;
  let y = x;
  for (; y < 9; y++) shift += Math.log(y);
  const tail = SERIES.reduceRight((sum, c) => sum / (y * y) + c, 0) / y;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + tail - shift;
};
