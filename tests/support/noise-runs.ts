import type { NoiseRun } from '../../src/contract/noise.js';

/** Runs of a study with these two values on each seed, one after the other; null is a failed run. */
export const noiseRuns = (
  pairs: readonly (readonly [number | null, number | null])[],
  {
    deviceClass = 'cpu',
    device = () => 'host cpu:0',
  }: { deviceClass?: string; device?: (seed: number) => string } = {},
): NoiseRun[] =>
  pairs.flatMap((values, seed) =>
    ([0, 1] as const).map((arm) => {
      const value = values[arm] ?? null;
      return {
        deviceClass,
        device: device(seed),
        seed,
        arm,
        status: value === null ? ('crash' as const) : ('ok' as const),
        value,
        detail: '',
        seconds: 2,
        startedAt: new Date(1e12 + 1000 * (2 * seed + arm)).toISOString(),
      };
    }),
  );
