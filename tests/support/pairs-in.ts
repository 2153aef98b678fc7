import type { ExperimentRow } from '../../src/contract/ledger.js';
import type { RunRecord } from '../../src/contract/measurement.js';

/** Of a row: its candidate's and the incumbent's values on the seeds that both were run on, lower is better. */
export const pairsIn = ({ measurements }: ExperimentRow & { measurements: RunRecord[] }) =>
  measurements
    .filter(({ role }) => role === 'incumbent')
    .map(({ seed, value }) => {
      const candidate = measurements.filter((run) => run.role === 'candidate' && run.seed === seed);
      const [own] = candidate;
      if (candidate.length !== 1 || own?.value == null || value === null)
        throw new Error(`seed ${String(seed)} has ${String(candidate.length)} runs of the candidate`);
      return { seed, gain: value - own.value };
    });
