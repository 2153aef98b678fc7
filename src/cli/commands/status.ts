import { UserError } from '../../contract/user-error.js';
import { statusText } from '../../report/terminal/status-text.js';
import { defineCommand } from '../command.js';
import { settingsOf, withEngine } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { findLoop } from '../find-loop.js';
import { JSON_FLAG } from '../json-flag.js';
import { LOOP } from '../loop-argument.js';
import { uiAddress } from '../places.js';
import { readStatus } from '../read-status.js';

export const status = defineCommand({
  name: 'status',
  description: 'What a loop is doing: best score, spent, left, running, waiting for approval',
  args: { loop: LOOP, json: JSON_FLAG },
  examples: [
    ['autolift status', 'the loop that runs, else the latest'],
    ['autolift status sine/nov21 --json', 'for a program'],
  ],
  notes: ['`autolift watch` shows the same live.'],
  run: async ({ loop: wanted, json }, terminal) => {
    const settings = settingsOf(terminal);
    return withEngine(settings, async (engine) => {
      const loop = await findLoop(engine, wanted);
      const found = await readStatus(engine, loop);
      if (found === null)
        throw new UserError(
          'it does not answer and has no record yet',
          loop,
          '`autolift doctor` says what is wrong.',
        );
      const ui = uiAddress(settings, loop);
      if (json) terminal.out(JSON.stringify({ ...found, ui }, null, 2));
      else terminal.out(`${statusText(found, terminal.columns)}${ui === null ? '' : `\n  history   ${ui}`}`);
      return EXIT.ok;
    });
  },
});
