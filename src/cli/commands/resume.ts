import { refreshWorkers } from '../../embedded/index.js';
import { branchNoticesOf } from '../branch-notice.js';
import { defineCommand } from '../command.js';
import type { Engine } from '../engine.js';
import { LOOP } from '../loop-argument.js';
import { takenNotices } from '../machine-notices.js';
import { needsVariables } from '../needs-variables.js';
import { sendMessage } from '../send-message.js';

/** It may have paused for want of a right key: the workers take this terminal's, as `run` and `up` make them. */
const freshVariables = async (engine: Engine, id: string): Promise<string[]> => {
  if (!(await needsVariables(engine, id))) return [];
  const { notices, ...running } = (await refreshWorkers(engine.settings)) ?? { notices: [], taken: [] };
  return [...notices, ...takenNotices(running)];
};

export const resume = defineCommand({
  name: 'resume',
  description: 'Go on after a pause',
  args: { loop: LOOP },
  examples: [
    ['autolift resume', 'the loop that is paused'],
    ['autolift resume sine/nov21', 'a certain one, or an ablation'],
  ],
  notes: [
    "This terminal's keys and addresses of models are what the loop or ablation goes on with.",
    'After a crash or a reboot nothing needs to be resumed: `autolift up` is enough.',
  ],
  run: async ({ loop }, terminal) =>
    sendMessage(terminal, {
      loop,
      name: 'resume',
      ablations: true,
      message: {},
      prepare: freshVariables,
      notices: async ({ client }, id) =>
        branchNoticesOf((await client.workflow.getHandle(id).describe()).memo),
    }),
});
