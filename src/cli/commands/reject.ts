import { defineCommand } from '../command.js';
import { experimentNumber } from '../experiment-argument.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const reject = defineCommand({
  name: 'reject',
  description: 'Discard a candidate that waits for approval',
  args: {
    loop: LOOP,
    experiment: { type: 'positional', required: true, description: 'number of the experiment' },
    reason: {
      type: 'string',
      description: 'kept in the record, shown to later proposals',
      valueHint: 'text',
    },
  },
  examples: [
    ['autolift reject 7', 'experiment 7 of the loop that runs'],
    ['autolift reject sine/nov21 7 --reason "adds a dependency"', 'with the reason'],
  ],
  run: async ({ loop, experiment, reason }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'reject',
      message: { experiment: experimentNumber(experiment), ...(reason === undefined ? {} : { reason }) },
    }),
});
