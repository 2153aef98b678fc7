import { asksModels } from '../asks-models.js';
import { defineCommand } from '../command.js';
import type { Engine } from '../engine.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

/** A hint that nobody will read should not be waited for. */
export const unread = async ({ ledger }: Pick<Engine, 'ledger'>, loop: string): Promise<string[]> => {
  const task = (await ledger.record(loop))?.loop.input.task;
  return task === undefined || asksModels(task)
    ? []
    : ["mutate reads no hints, and this loop's proposers are all mutate: nothing will follow from this one"];
};

export const steer = defineCommand({
  name: 'steer',
  description: 'Give the next proposals a hint',
  args: {
    loop: LOOP,
    hint: { type: 'positional', required: true, description: 'what the proposer should try or leave' },
  },
  examples: [
    ['autolift steer "try a lower learning rate"', 'to the loop that runs'],
    ['autolift steer sine/nov21 "the depth is fine, look at the optimizer"', 'to a certain one'],
  ],
  notes: ['Models and agents read hints; mutate learns nothing and ignores them.'],
  run: async ({ loop, hint }, terminal) =>
    sendMessage(terminal, { loop, name: 'steer', message: { hint }, notices: unread }),
});
