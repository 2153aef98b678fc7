/** Seconds from the first to the second, evenly. */
export type Range = readonly [number, number];

export interface PlannedLoop {
  name: string;
  class: string;
  concurrency: number;
  budget: { experiments?: number; deviceHours?: number };
  runSeconds: Range;
  proposeSeconds: Range;
}

export interface PlannedHost {
  name: string;
  class: string;
  devices: number;
}

export interface FleetPlan {
  seed: number;
  hosts: readonly PlannedHost[];
  loops: readonly PlannedLoop[];
  /** hours that a host stays, and minutes that it is away, in the mean; absent: all stay */
  turnover?: { hours: number; minutes: number };
  /** whether hosts make runs ready while their devices are busy, and so keep them from others that are free */
  onDeck?: boolean;
}

/** Eight devices of three classes; two loops share one of them, and no loop asks for more than there is. */
export const mixedFleet = (experiments: number, seed = 1): FleetPlan => {
  const part = (share: number) => ({ experiments: Math.round(experiments * share) });
  const quick = { runSeconds: [30, 60], concurrency: 2, class: 'h100', budget: part(0.35) } as const;
  return {
    seed,
    turnover: { hours: 6, minutes: 20 },
    hosts: [
      { name: 'a', class: 'h100', devices: 2 },
      { name: 'b', class: 'h100', devices: 2 },
      { name: 'c', class: 'rtx-4090', devices: 2 },
      { name: 'd', class: 'rtx-4090', devices: 1 },
      { name: 'e', class: 'cpu', devices: 1 },
    ],
    loops: [
      { ...quick, name: 'slow-model/1', proposeSeconds: [60, 120] },
      { ...quick, name: 'quick-model/1', proposeSeconds: [5, 30] },
      {
        name: 'mixed/1',
        class: 'rtx-4090',
        concurrency: 3,
        budget: part(0.2),
        runSeconds: [30, 600],
        proposeSeconds: [5, 120],
      },
      {
        name: 'long-runs/1',
        class: 'cpu',
        concurrency: 1,
        budget: part(0.1),
        runSeconds: [200, 600],
        proposeSeconds: [5, 120],
      },
    ],
  };
};

/** One class whose devices are exactly what one loop asks for, on hosts that stay. */
export const oneLoop = (
  devices: number,
  { experiments, ...seconds }: Pick<PlannedLoop, 'runSeconds' | 'proposeSeconds'> & { experiments: number },
): FleetPlan => ({
  seed: 1,
  hosts: [{ name: 'a', class: 'cpu', devices }],
  loops: [{ name: 'one/1', class: 'cpu', concurrency: devices, budget: { experiments }, ...seconds }],
});
