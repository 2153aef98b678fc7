import type { Acceptance } from '../../contract/task-schema.js';
import { RULES } from '../acceptance/rules.js';
import { mean, standardDeviation } from '../statistics.js';

/** What a loop under this acceptance would start from, of these repeats of the unchanged artifact. */
export const baselineOfClones = (values: readonly number[], acceptance: Acceptance) => {
  const repeats = values.slice(0, acceptance.repeats ?? RULES[acceptance.rule].baselineRepeats);
  return {
    value: mean(repeats),
    n: repeats.length,
    noise: { sigma: standardDeviation(repeats), n: repeats.length },
  };
};
