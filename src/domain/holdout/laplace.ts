/** A draw of Lap(scale) from one uniform in [0, 1). */
export const laplace = (uniform: number, scale: number): number => {
  const centred = uniform - 0.5;
  // the smallest uniform would have an infinite draw
  const tail = Math.max(1 - 2 * Math.abs(centred), 2 ** -53);
  return -scale * Math.sign(centred) * Math.log(tail);
};
