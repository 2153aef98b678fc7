import type { NoiseRun } from '../../contract/noise.js';
import { differenceSd, pooledNoise } from '../evidence/pooled-noise.js';
import { mean } from '../statistics.js';
import { devicesDiffer } from './devices-differ.js';
import { driftOf, type Drift } from './drift.js';
import { intraclass, type Intraclass } from './intraclass.js';

/** What repeats of the unchanged artifact say of one device class, or of one device of it. */
export interface DeviceNoise {
  device: string;
  runs: number;
  failed: number;
  seeds: number;
  mean: number;
  /** standard deviation of one run */
  sigma: number;
  df: number;
  /** under shared seeds; null where it can't be told */
  shared: Intraclass | null;
  /** standard deviation of the difference of two runs on one seed */
  pairSd: number;
  drift: Drift;
  meanSeconds: number;
  /** every run gave the same value */
  still: boolean;
  /** every seed gave its own value again */
  seedDecides: boolean;
  /** the largest difference of a pair, in standard deviations of a pair */
  worstPair: number;
}

export interface NoiseStudy {
  classes: (DeviceNoise & { devices: DeviceNoise[]; differ: number | null })[];
}

const byStart = (a: NoiseRun, b: NoiseRun): number => a.startedAt.localeCompare(b.startedAt);

/** Both values of each seed that has both, in the order in which the seeds were begun. */
export const pairsBySeed = (runs: readonly NoiseRun[]): [number, number][] => {
  const seeds = [...new Set(runs.toSorted(byStart).map(({ seed }) => seed))];
  return seeds.flatMap((seed) => {
    const of = (arm: 0 | 1) => runs.find((run) => run.seed === seed && run.arm === arm)?.value ?? null;
    const [a, b] = [of(0), of(1)];
    return a === null || b === null ? [] : [[a, b] satisfies [number, number]];
  });
};

/** Replicates of both arms, numbered by seed, so that noise is pooled and the correlation comes from shared seeds. */
const arms = (runs: readonly NoiseRun[]) =>
  ([0, 1] as const).map((arm) =>
    runs.flatMap((run) =>
      run.arm === arm && run.value !== null ? [{ seed: run.seed, value: run.value }] : [],
    ),
  );

const noiseOf = (device: string, runs: readonly NoiseRun[]): DeviceNoise => {
  const values = runs.flatMap(({ value }) => (value === null ? [] : [value]));
  const pairs = pairsBySeed(runs);
  const { sigma, df } = pooledNoise(arms(runs));
  const shared = intraclass(pairs);
  const still = values.length > 1 && values.every((value) => value === values[0]);
  const differences = pairs.map(([a, b]) => Math.abs(a - b));
  const seedDecides = !still && pairs.length > 2 && differences.every((difference) => difference === 0);
  // where copies are one on each seed, nothing is known of how alike a changed artifact moves
  const pairSd = differenceSd({ sigma, rho: seedDecides ? 0 : Math.max(0, shared?.rho ?? 0) });
  return {
    device,
    runs: runs.length,
    failed: runs.length - values.length,
    seeds: pairs.length,
    mean: mean(values),
    sigma,
    // two runs of one seed are one run's worth of freedom where seeds decide everything
    df: shared !== null && shared.rho > 0.5 ? Math.max(0, pairs.length - 1) : df,
    shared,
    pairSd,
    drift: driftOf(pairs.map(([a, b]) => (a + b) / 2)),
    meanSeconds: mean(runs.map(({ seconds }) => seconds)),
    still,
    seedDecides,
    worstPair: pairSd === 0 ? 0 : Math.max(...differences) / pairSd,
  };
};

const groupBy = (runs: readonly NoiseRun[], key: (run: NoiseRun) => string): [string, NoiseRun[]][] =>
  [...new Set(runs.map(key))]
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => [name, runs.filter((run) => key(run) === name)]);

/** A study's runs as numbers: per device class, and per device where a class has several. */
export const readNoise = (runs: readonly NoiseRun[]): NoiseStudy => ({
  classes: groupBy(runs, ({ deviceClass }) => deviceClass).map(([name, ofClass]) => {
    const devices = groupBy(ofClass, ({ device }) => device);
    const values = devices.map(([, own]) => own.flatMap(({ value }) => (value === null ? [] : [value])));
    return {
      ...noiseOf(name, ofClass),
      devices: devices.length > 1 ? devices.map(([device, own]) => noiseOf(device, own)) : [],
      differ: devices.length > 1 ? devicesDiffer(values) : null,
    };
  }),
});
