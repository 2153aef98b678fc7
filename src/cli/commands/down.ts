import { down as stopEngine } from '../../embedded/index.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';

export const down = defineCommand({
  name: 'down',
  description: 'Stop the servers and workers of this home folder; loops go on after the next up',
  args: { json: JSON_FLAG },
  examples: [
    ['autolift down', 'stop what up or run started'],
    ['autolift down --json', 'and tell a program what was stopped'],
  ],
  notes: ['Nothing is lost: a loop that is in the middle goes on after `autolift up`.'],
  run: async ({ json }, terminal) => {
    const { stopped } = await stopEngine(settingsOf(terminal));
    if (json) terminal.out(JSON.stringify({ stopped }));
    else terminal.out(stopped.length === 0 ? 'Nothing was running.' : `Stopped ${stopped.join(', ')}.`);
    return EXIT.ok;
  },
});
