/** Ranks 1 … k of the values in one block, higher values higher ranks, ties sharing the mean of theirs. */
export const ranks = (values: readonly number[]): number[] =>
  values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
