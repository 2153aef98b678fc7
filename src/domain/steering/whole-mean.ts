import type { ExperimentRow } from '../../contract/ledger.js';

/** An experiment's value with all later whole runs of it: the luck that it was kept for wears off. */
export const wholeMean = (
  { experiment, value }: Pick<ExperimentRow, 'experiment' | 'value'>,
  rows: readonly Pick<ExperimentRow, 'steering'>[],
): number => {
  let sum = value ?? 0;
  let runs = 1;
  for (const { steering } of rows) {
    const { seen } = steering ?? {};
    if (seen?.of !== experiment || seen.value === null || seen.fidelity < 1) continue;
    sum += seen.value * seen.n;
    runs += seen.n;
  }
  return sum / runs;
};
