import { type Direction, gain } from './score.js';

/** How much better `to` is than `from`, as a part of |from|; null where that has no meaning. */
export function relativeGain(direction: Direction, from: number | null, to: number | null): number | null {
  if (from === null || to === null || from === 0 || !Number.isFinite(from) || !Number.isFinite(to))
    return null;
  return gain({ value: to, direction }, { value: from, direction }) / Math.abs(from);
}
