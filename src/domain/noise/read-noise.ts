import type { NoiseRun } from '../../contract/noise.js';
import { differenceSd, pooledNoise } from '../evidence/pooled-noise.js';
import { mean } from '../statistics.js';
import { devicesDiffer } from './devices-differ.js';
import { drifts, type Drift } from './drift.js';
import { driftOfPairs, type PairsDrift, type Timed, type TimedPair } from './drift-of-pairs.js';
import { intraclass, type Intraclass } from './intraclass.js';
import { inOrder, withoutDrift } from './without-drift.js';

/** What repeats of the unchanged artifact say of one device class, or of one device of it. */
export interface DeviceNoise {
  device: string;
  runs: number;
  failed: number;
  seeds: number;
  mean: number;
  /** standard deviation of one run, around the drift where there is one */
  sigma: number;
  df: number;
  /** under shared seeds, around the line through all runs; null where it can't be told */
  shared: Intraclass | null;
  /** standard deviation of the difference of two runs on one seed, one made after the other */
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

/** Both runs of each seed that has both, in the order in which the seeds were begun; null: one that failed. */
export const runsBySeed = (runs: readonly NoiseRun[]): [number | null, number | null][] => {
  const seeds = [...new Set(inOrder(runs).map(({ seed }) => seed))];
  return seeds.flatMap((seed) => {
    const of = (arm: 0 | 1) => runs.find((run) => run.seed === seed && run.arm === arm)?.value;
    const [a, b] = [of(0), of(1)];
    return a === undefined || b === undefined ? [] : [[a, b] satisfies [number | null, number | null]];
  });
};

/** Both values of each seed that has both. */
export const pairsBySeed = (runs: readonly NoiseRun[]): [number, number][] =>
  runsBySeed(runs).flatMap(([a, b]) => (a === null || b === null ? [] : [[a, b]]));

/** Replicates of both arms, numbered by seed, so that noise is pooled and the correlation comes from shared seeds. */
const arms = (runs: readonly NoiseRun[]) =>
  ([0, 1] as const).map((arm) =>
    runs.flatMap((run) =>
      run.arm === arm && run.value !== null ? [{ seed: run.seed, value: run.value }] : [],
    ),
  );

/** Both runs of each seed that has both, with their places in the order of all runs. */
const timedPairs = (runs: readonly NoiseRun[]): TimedPair[] => {
  const places = inOrder(runs);
  const of = (seed: number, arm: 0 | 1): Timed[] => {
    const at = places.findIndex((run) => run.seed === seed && run.arm === arm);
    const value = places[at]?.value ?? null;
    return value === null ? [] : [{ at, value }];
  };
  return [...new Set(places.map(({ seed }) => seed))].flatMap((seed) => {
    const [a, b] = [...of(seed, 0), ...of(seed, 1)];
    return a === undefined || b === undefined ? [] : [[a, b] as const];
  });
};

/** Where two runs of a seed never differ the seed is all there is, and no line is taken off. */
const sharedBy = (runs: readonly NoiseRun[], { drift, lost }: PairsDrift, same: boolean) =>
  same ? intraclass(pairsBySeed(runs)) : intraclass(pairsBySeed(withoutDrift(runs, drift)), lost);

const noiseOf = (device: string, runs: readonly NoiseRun[]): DeviceNoise => {
  const values = runs.flatMap(({ value }) => (value === null ? [] : [value]));
  const raw = pairsBySeed(runs);
  const line = driftOfPairs(timedPairs(runs));
  const { drift } = line;
  const level = drifts(drift) ? withoutDrift(runs, drift) : runs;
  const pairs = pairsBySeed(level);
  const { sigma, df } = pooledNoise(arms(level));
  const still = values.length > 1 && values.every((value) => value === values[0]);
  const copied = raw.every(([a, b]) => a === b);
  const shared = sharedBy(runs, line, copied);
  const seedDecides = !still && pairs.length > 2 && copied;
  // where copies are one on each seed, nothing is known of how alike a changed artifact moves
  const apart = differenceSd({ sigma, rho: seedDecides ? 0 : Math.max(0, shared?.rho ?? 0) });
  const pairSd = drifts(drift) ? Math.hypot(apart, drift.perRun) : apart;
  const differences = pairs.map(([a, b]) => Math.abs(a - b));
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
    drift,
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
