import { defineCommand } from '../command.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const stop = defineCommand({
  name: 'stop',
  description: 'End a loop; the experiments that run are finished first',
  args: {
    loop: LOOP,
    cancel: { type: 'boolean', description: 'cancel what runs instead of finishing it' },
    reason: { type: 'string', description: 'kept in the record', valueHint: 'text' },
  },
  examples: [
    ['autolift stop', 'finish what runs, then end'],
    ['autolift stop sine/nov21 --cancel', 'end at once'],
  ],
  notes: ['The branch keeps what was kept; `autolift fork` can go on from any experiment.'],
  run: async ({ loop, cancel, reason }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'stop',
      message: { mode: cancel ? 'cancel' : 'finish', ...(reason === undefined ? {} : { reason }) },
    }),
});
