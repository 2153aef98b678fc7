import { branchNoticesOf } from '../branch-notice.js';
import { defineCommand } from '../command.js';
import { LOOP } from '../loop-argument.js';
import { sendMessage } from '../send-message.js';

export const resume = defineCommand({
  name: 'resume',
  description: 'Go on after a pause',
  args: { loop: LOOP },
  examples: [
    ['autolift resume', 'the loop that is paused'],
    ['autolift resume sine/nov21', 'a certain one'],
  ],
  notes: ['After a crash or a reboot nothing needs to be resumed: `autolift up` is enough.'],
  run: async ({ loop }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'resume',
      message: {},
      notices: async ({ client }, id) =>
        branchNoticesOf((await client.workflow.getHandle(id).describe()).memo),
    }),
});
