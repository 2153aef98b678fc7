import type { Measurement } from '../../contract/measurement.js';
import type { Noise } from '../../contract/loop.js';
import { crashRateInWords } from '../evidence/clean-runs.js';
import { hasCrashed } from '../evidence/has-crashed.js';
import { formatSpread, formatValue } from '../format.js';
import { mean, standardDeviation } from '../statistics.js';
import { unstartable } from './startable.js';

/** What the repeats of the unchanged artifact say, or why no loop can start from it. */
export type Baseline =
  | { ok: true; value: number; n: number; noise: Noise; crashes: number; reason: string }
  | { ok: false; reason: string };

const fatal = (measurements: readonly Measurement[], tolerant: boolean): Measurement | undefined =>
  measurements.find(({ status }, at) => status !== 'ok' && (!tolerant || at === 0 || !hasCrashed(status)));

/** Why no loop starts from these runs; null: one does. */
const refusalOf = (measurements: readonly Measurement[], tolerant: boolean): string | null => {
  const failure = fatal(measurements, tolerant);
  if (failure !== undefined) return `the unchanged artifact ended as ${failure.status}: ${failure.detail}`;
  const crashes = measurements.filter(({ status }) => status !== 'ok');
  const why = unstartable({ runs: measurements.length, crashes: crashes.length });
  const last = crashes.at(-1);
  return why === null || last === undefined ? why : `${why} (${last.status}: ${last.detail})`;
};

/**
 * Crashes after a first run that went well are the artifact's nature, measured and said; `tolerant: false` is for loops
 * that began when any of them was the end.
 */
export const readBaseline = (measurements: readonly Measurement[], tolerant = true): Baseline => {
  const refusal = refusalOf(measurements, tolerant);
  if (refusal !== null) return { ok: false, reason: refusal };
  const values = measurements.flatMap(({ status, value }) =>
    status === 'ok' && value !== null ? [value] : [],
  );
  const noise = { sigma: standardDeviation(values), n: values.length };
  const runs =
    values.length === 1 ? 'one run' : `${String(values.length)} runs, sigma ${formatSpread(noise.sigma)}`;
  const crashes = measurements.length - values.length;
  const lost = crashes === 0 ? '' : `; ${crashRateInWords({ runs: measurements.length, crashes })}`;
  const reason = `${formatValue(mean(values))} over ${runs}${lost}`;
  return { ok: true, value: mean(values), n: values.length, noise, crashes, reason };
};
