/** Parts of the budget that a learning curve tells apart. */
export const CURVE_CELLS = 40;

/** Attempts of one run that are told of; Temporal is asked for ten at most. */
export const MOST_ATTEMPTS = 10;
