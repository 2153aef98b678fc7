import type { Measurement } from '../../contract/measurement.js';
import type { Noise } from '../../contract/loop.js';
import { formatSpread, formatValue } from '../format.js';
import { mean, standardDeviation } from '../statistics.js';

/** What the repeats of the unchanged artifact say, or why no loop can start from it. */
export type Baseline =
  { ok: true; value: number; n: number; noise: Noise; reason: string } | { ok: false; reason: string };

export const readBaseline = (measurements: readonly Measurement[]): Baseline => {
  const failure = measurements.find(({ status }) => status !== 'ok');
  if (failure !== undefined) {
    return { ok: false, reason: `the unchanged artifact ended as ${failure.status}: ${failure.detail}` };
  }
  const values = measurements.flatMap(({ value }) => (value === null ? [] : [value]));
  const noise = { sigma: standardDeviation(values), n: values.length };
  const runs =
    values.length === 1 ? 'one run' : `${String(values.length)} runs, sigma ${formatSpread(noise.sigma)}`;
  const reason = `${formatValue(mean(values))} over ${runs}`;
  return { ok: true, value: mean(values), n: values.length, noise, reason };
};
