import type { Measurement } from '../../contract/measurement.js';
import type { Noise } from '../../contract/loop.js';
import { mean, standardDeviation } from '../statistics.js';

/** What the repeats of the unchanged artifact say, or why no loop can start from it. */
export type Baseline = { ok: true; value: number; n: number; noise: Noise } | { ok: false; reason: string };

export const readBaseline = (measurements: readonly Measurement[]): Baseline => {
  const failure = measurements.find(({ status }) => status !== 'ok');
  if (failure !== undefined) {
    return { ok: false, reason: `the unchanged artifact ended as ${failure.status}: ${failure.detail}` };
  }
  const values = measurements.flatMap(({ value }) => (value === null ? [] : [value]));
  const noise = { sigma: standardDeviation(values), n: values.length };
  return { ok: true, value: mean(values), n: values.length, noise };
};
