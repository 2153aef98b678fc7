import type { RunRecord } from '../../contract/measurement.js';

/** Less than the whole budget is no score: its value stands among the metrics only. */
export const partOfRun = (record: RunRecord, fidelity: number, metric: string): RunRecord => ({
  ...record,
  value: null,
  metrics: {
    ...record.metrics,
    fidelity,
    ...(record.value === null ? {} : { [metric]: record.value }),
  },
  detail: `with ${String(Number(fidelity.toPrecision(3)))} of the budget: ${record.detail}`.slice(0, 500),
});
