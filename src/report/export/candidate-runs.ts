import type { RunRecord } from '../../contract/measurement.js';
import { mean } from '../../domain/statistics.js';
import type { RecordedExperiment } from '../loop-summary.js';

/** The runs of the experiment's own artifact; the incumbent's re-runs beside it are left out. */
export function candidateRuns({ measurements }: RecordedExperiment): RunRecord[] {
  return measurements.filter(({ role }) => role !== 'incumbent');
}

/** Mean of each secondary metric over the runs that gave it. */
export function secondaryMetrics(row: RecordedExperiment): Map<string, number> {
  const values = new Map<string, number[]>();
  for (const { metrics } of candidateRuns(row)) {
    for (const [name, value] of Object.entries(metrics)) {
      if (Number.isFinite(value)) values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return new Map([...values].map(([name, list]) => [name, mean(list)]));
}

export function peakMemory(row: RecordedExperiment): number {
  return candidateRuns(row).reduce((most, { peakMemoryBytes }) => Math.max(most, peakMemoryBytes), 0);
}
