/** Shares of the wealth that the gamblers of `bet` and `sign` stake, each always the same. */
export const STAKES: readonly number[] = [0.05, 0.1, 0.25, 0.5, 0.9];
