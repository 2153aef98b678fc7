import type { LoopRecord } from '../contract/ledger.js';
import type { Noise } from '../contract/loop.js';
import { standardDeviation } from '../domain/statistics.js';

/** Spread of the unchanged artifact's repeats; null where it was run once or never. */
export function measuredNoise(record: LoopRecord): Noise | null {
  const baseline = record.experiments.find(({ experiment }) => experiment === 0);
  const values = (baseline?.measurements ?? []).flatMap(({ role, status, value }) =>
    role === 'baseline' && status === 'ok' && value !== null && Number.isFinite(value) ? [value] : [],
  );
  return values.length < 2 ? null : { sigma: standardDeviation(values), n: values.length };
}
