import type { LoopRecord } from '../../src/contract/ledger.js';
import { loopRecord } from './loop-record.js';

type Row = LoopRecord['experiments'][number];

export const OTHER = 'h100';

const onOther = (row: Row, shift: number): Row => ({
  ...row,
  deviceClass: OTHER,
  value: row.value === null ? null : row.value + shift,
  verdict: null,
  measurements: row.measurements.map((run) => ({
    ...run,
    deviceClass: OTHER,
    value: run.value === null ? null : run.value + shift,
    device: { ...run.device, class: OTHER },
  })),
});

/** What was compared with a run of the other class. */
const mixed = (row: Row, shift: number): Row => ({
  ...row,
  measurements: row.measurements.map((run, at) =>
    at % 2 === 0 ? run : { ...run, deviceClass: OTHER, value: (run.value ?? 0) + shift },
  ),
});

/** A record in which these experiments were measured on another class too, or only there, by so much off. */
export const twoClasses = (
  { seed, experiments }: { seed: number; experiments: number },
  { other, both, shift }: { other: readonly number[]; both: readonly number[]; shift: number },
): LoopRecord => {
  const record = loopRecord({ seed, experiments });
  return {
    ...record,
    experiments: record.experiments.map((row) => {
      if (other.includes(row.experiment)) return onOther(row, shift);
      return both.includes(row.experiment) ? mixed(row, shift) : row;
    }),
  };
};
