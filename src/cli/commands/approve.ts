import { defineCommand } from '../command.js';
import { experimentNumber } from '../experiment-argument.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const approve = defineCommand({
  name: 'approve',
  description: 'Keep a candidate that waits for approval (task.yaml: approval: true)',
  args: {
    loop: LOOP,
    experiment: { type: 'positional', required: true, description: 'number of the experiment' },
  },
  examples: [
    ['autolift approve 7', 'experiment 7 of the loop that runs'],
    ['autolift approve sine/nov21 7', 'of a certain one'],
  ],
  notes: ['`autolift status` lists what waits, with the reason why it would be kept.'],
  run: async ({ loop, experiment }, terminal) =>
    sendMessage(terminal, { loop, name: 'approve', message: { experiment: experimentNumber(experiment) } }),
});
