/** The first of the moments `from`, `from + period`, … that has not passed. */
export const releaseTime = (from: number, periodMs: number, now: number): number =>
  from + Math.max(0, Math.ceil((now - from) / periodMs)) * periodMs;

/** Share of a period that must be left for the work when it begins. */
const NEEDED = 0.9;

/**
 * When the answer to a question leaves, fixed before anything is measured: a whole number of periods after the
 * question, so that the time it took says nothing of what was seen. A question can't have been asked later than it is
 * heard: one that seems to was dated by another clock.
 */
export const plannedRelease = (askedAt: number, periodMs: number, startedAt: number): number =>
  releaseTime(Math.min(askedAt, startedAt) + periodMs, periodMs, startedAt + NEEDED * periodMs);
