/** Where a rising function passes a level, between two ends that enclose it; to the last bits of a double. */
export const bisect = (rising: (x: number) => number, level: number, ends: [number, number]): number => {
  let [low, high] = ends;
  for (let step = 0; step < 200 && high - low > 1e-14 * Math.max(1, Math.abs(low)); step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};
