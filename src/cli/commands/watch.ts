import { defineCommand } from '../command.js';
import { conclude } from '../conclude.js';
import { settingsOf, withEngine } from '../engine.js';
import { findLoop } from '../find-loop.js';
import { follow } from '../follow.js';
import { LOOP } from '../loop-argument.js';
import { jsonViewer, lineViewer } from '../run-viewer.js';
import { screenViewer } from '../screen-viewer.js';

export const watch = defineCommand({
  name: 'watch',
  description: 'Follow a loop live; in a pipe, a line for each experiment',
  args: {
    loop: LOOP,
    plain: { type: 'boolean', description: 'lines instead of a screen' },
    json: { type: 'boolean', description: 'one JSON object a line' },
  },
  examples: [
    ['autolift watch', 'the loop that runs'],
    ['autolift watch sine/nov21 --plain', 'lines that stay'],
  ],
  notes: ['Ctrl-C leaves; the loop goes on.'],
  run: async ({ loop: wanted, plain, json }, terminal) =>
    withEngine(settingsOf(terminal), async (engine) => {
      const loop = await findLoop(engine, wanted);
      const screen = terminal.live && !plain && !json ? screenViewer(terminal) : null;
      const viewer = screen ?? (json ? jsonViewer(terminal) : lineViewer(terminal));
      const ending = await follow(engine, { loop, terminal, viewer }).finally(() => {
        screen?.leave();
      });
      return conclude(engine, ending, { loop, terminal, json: json === true });
    }),
});
