import type { Acceptance } from '../../contract/task-schema.js';
import { mean, standardDeviation } from '../statistics.js';
import { baselineRuns } from './baseline-runs.js';

/** What a loop under this acceptance would start from, of these repeats of the unchanged artifact. */
export const baselineOfClones = (values: readonly number[], acceptance: Acceptance) => {
  const repeats = values.slice(0, baselineRuns(acceptance));
  return {
    value: mean(repeats),
    n: repeats.length,
    noise: { sigma: standardDeviation(repeats), n: repeats.length },
  };
};
