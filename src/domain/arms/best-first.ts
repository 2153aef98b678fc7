/** Arms by their mean over the blocks so far, best first; ties keep their order, so that no order of calls matters. */
export const bestFirst = (arms: readonly number[], meanOf: (arm: number) => number): number[] =>
  arms.toSorted((a, b) => meanOf(b) - meanOf(a) || a - b);
