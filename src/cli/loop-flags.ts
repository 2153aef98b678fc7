import { wholeNumber } from './arguments.js';
import { BUDGET_FLAGS, budgetFromFlags, type BudgetFlags } from './budget-flags.js';
import type { Overrides } from './task/override-task.js';

/** Flags of what starts a loop and follows it. */
export const LOOP_FLAGS = {
  ...BUDGET_FLAGS,
  concurrency: { type: 'string', description: 'experiments at a time', valueHint: 'n' },
  proposer: { type: 'string', description: 'mutate, sweep, openai, command or research', valueHint: 'kind' },
  detach: { type: 'boolean', alias: 'd', description: 'start the loop and return' },
  plain: { type: 'boolean', description: 'lines that stay, as `watch --plain`; there is no screen here yet' },
  json: { type: 'boolean', description: 'one JSON object a line: notices, experiments, the end' },
} as const;

export interface LoopFlags extends BudgetFlags {
  concurrency?: string | undefined;
  proposer?: string | undefined;
}

/** What flags change of a task. */
export const overridesFromFlags = ({ concurrency, proposer, ...budget }: LoopFlags): Overrides => ({
  budget: budgetFromFlags(budget),
  concurrency: wholeNumber(concurrency, '--concurrency'),
  proposer,
});
