import type { NoiseRun } from '../../contract/noise.js';
import type { Drift } from './drift.js';

/** Runs in the order in which they were begun. */
export const inOrder = (runs: readonly NoiseRun[]): NoiseRun[] =>
  runs.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));

/** The same runs with the line taken off, around the value that it has in the middle of the study. */
export const withoutDrift = (runs: readonly NoiseRun[], { perRun }: Drift): NoiseRun[] =>
  inOrder(runs).map((run, at) =>
    run.value === null ? run : { ...run, value: run.value - perRun * (at - (runs.length - 1) / 2) },
  );
