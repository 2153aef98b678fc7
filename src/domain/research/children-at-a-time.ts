/** Most child loops of one measurement at a time, as in the schema. */
export const MOST_CHILDREN = 64;

/**
 * Child loops at a time where the task names no number: as many as use `devices`, with `concurrency` runs at a time in each,
 * and one more. A child without `ahead` has no run under way while it takes a verdict and asks for a proposal; another one's
 * run has the device meanwhile.
 */
export const childrenAtATime = (devices: number, concurrency: number): number =>
  Math.min(MOST_CHILDREN, Math.ceil(Math.max(1, devices) / concurrency) + 1);
