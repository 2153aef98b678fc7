const SHORTEST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** How long nothing may come back from a device before it is looked whether anybody serves it: twice a run's usual time. */
export const quietMs = (meanRunSeconds: number | null): number =>
  Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.ceil(2000 * (meanRunSeconds ?? 0))));
