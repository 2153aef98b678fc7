import type { Acceptance } from '../../contract/task-schema.js';
import { RULES } from '../acceptance/rules.js';

/** Runs that tell noise from none, where a task asks for a test of its rule. */
const TO_TEST = 3;

/** How often the unchanged artifact is run at a loop's start; more than the rule wants where its false keeps are to be tested. */
export const baselineRuns = ({ rule, repeats, falseKeeps }: Acceptance): number => {
  const tested = falseKeeps !== undefined && falseKeeps < 1 ? TO_TEST : 1;
  return Math.max(repeats ?? RULES[rule].baselineRepeats, tested);
};
