import { defineCommand } from '../command.js';
import { LOOP } from '../loop-argument.js';
import { pausedByPerson } from '../person-pause.js';
import { sendMessage } from '../send-message.js';

export const pause = defineCommand({
  name: 'pause',
  description: 'Let no new experiment start; what runs is finished',
  args: {
    loop: LOOP,
    reason: { type: 'string', description: 'kept in the record', valueHint: 'text' },
  },
  examples: [
    ['autolift pause', 'the loop that runs'],
    ['autolift pause ablation/outer-1a2b3c4d', 'an ablation, with all loops of it'],
    ['autolift pause gpt/nov21/transfer/31-h100-10', 'a transfer study'],
    ['autolift pause sine/nov21 --reason "need the GPU"', 'a certain one'],
  ],
  notes: ['`autolift resume` goes on. Time spent paused is not counted.'],
  run: async ({ loop, reason }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'pause',
      ablations: true,
      message: { reason: pausedByPerson(reason) },
    }),
});
