import type { Sighting } from '../../contract/lesson.js';

/** Experiments that one loop of a file counts as at most: nobody here has seen them. */
export const MOST_FROM_ELSEWHERE = 16;

/** A sighting as a file tells it, believed within reason: so many experiments at most, and none in the future. */
export const fromElsewhere = (told: Sighting, now: number): Sighting => {
  const lastAt = Math.min(told.lastAt, now);
  return {
    ...told,
    count: Math.min(told.count, MOST_FROM_ELSEWHERE),
    firstAt: Math.min(told.firstAt, lastAt),
    lastAt,
  };
};
