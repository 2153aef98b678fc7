/** Log e-value of paired gains against "the mean gain is at most 0". */
export type Evidence = (gains: readonly number[]) => number;
