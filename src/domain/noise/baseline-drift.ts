import { mean } from '../statistics.js';
import { driftOf, drifts } from './drift.js';

/** What a loop's own repeats say where they drift: the change from run to run, and the runs around the line. */
export interface BaselineDrift {
  perRun: number;
  values: number[];
}

/** Null where nothing shows a drift. Repeats in the order in which they were made, one after the other. */
export const baselineDrift = (repeats: readonly number[]): BaselineDrift | null => {
  const found = driftOf(repeats);
  if (!drifts(found)) return null;
  const { perRun } = found;
  const n = repeats.length;
  const centre = mean(repeats);
  // a line through n values leaves n - 2 degrees of freedom, and values are taken to have n - 1
  const stretch = Math.sqrt((n - 1) / (n - 2));
  const values = repeats.map(
    (value, at) => centre + stretch * (value - centre - perRun * (at - (n - 1) / 2)),
  );
  return { perRun, values };
};
