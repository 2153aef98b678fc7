import { defineCommand } from '../command.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const stop = defineCommand({
  name: 'stop',
  description: 'End a loop or an ablation; what runs is finished first',
  args: {
    loop: LOOP,
    cancel: { type: 'boolean', description: 'cancel what runs instead of finishing it' },
    reason: { type: 'string', description: 'kept in the record', valueHint: 'text' },
  },
  examples: [
    ['autolift stop', 'finish what runs, then end'],
    ['autolift stop sine/nov21 --cancel', 'end at once'],
    ['autolift stop ablation/outer-1a2b3c4d', 'an ablation: loops that run end, no other begins'],
  ],
  notes: [
    'The branch keeps what was kept; `autolift fork` can go on from any experiment.',
    'An ablation gives its table of what there is; the same `autolift ablate` goes on with the rest.',
  ],
  run: async ({ loop, cancel, reason }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'stop',
      ablations: true,
      message: { mode: cancel ? 'cancel' : 'finish', ...(reason === undefined ? {} : { reason }) },
    }),
});
