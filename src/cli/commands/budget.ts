import { UserError } from '../../contract/user-error.js';
import { BUDGET_FLAGS, budgetFromFlags } from '../budget-flags.js';
import { defineCommand } from '../command.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const budget = defineCommand({
  name: 'budget',
  description: "Change a loop's budget: totals, counted from its start",
  args: { loop: LOOP, ...BUDGET_FLAGS },
  examples: [
    ['autolift budget --experiments 200', 'go on to 200 experiments in all'],
    ['autolift budget sine/nov21 --wall-clock 8h --dollars 5', 'whichever ends first'],
  ],
  notes: ['What is named replaces the old value; what is not named stays.'],
  run: async ({ loop, ...flags }, terminal) => {
    const change = budgetFromFlags(flags);
    if (Object.keys(change).length === 0)
      throw new UserError(
        'nothing is named',
        'autolift budget',
        '`autolift budget --help` lists the budgets.',
      );
    return sendMessage(terminal, { loop, name: 'setBudget', message: { budget: change } });
  },
});
