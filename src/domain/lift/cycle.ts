import { CONFIGURATION_STILL } from './fixed-point.js';

/** Where a climb came back to: the lifts from `from` to `to` changed something and ended where they began. */
export interface Cycle {
  from: number;
  to: number;
}

/**
 * Has the climb come back? The last canonical text (see `canonicalText`) was seen before, and a system in between lay
 * further away than `still`; without that it never left. Null: no cycle.
 */
export const findCycle = (
  texts: readonly string[],
  distance: (a: number, b: number) => number,
  still = CONFIGURATION_STILL,
): Cycle | null => {
  const to = texts.length - 1;
  for (let from = to - 2; from >= 0; from--) {
    if (texts[from] !== texts[to]) continue;
    for (let between = from + 1; between < to; between++)
      if (distance(between, to) > still) return { from, to };
  }
  return null;
};
