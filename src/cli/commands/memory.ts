import { UserError } from '../../contract/user-error.js';
import { defineCommand } from '../command.js';
import { settingsOf, withLedger } from '../engine.js';
import { EXIT } from '../exit-codes.js';
import { JSON_FLAG } from '../json-flag.js';
import { MEMORY_ACTIONS } from '../memory/memory-actions.js';
import { didYouMean } from '../../contract/nearest.js';

export const memory = defineCommand({
  name: 'memory',
  description: 'Search, show, export, import or wipe what loops have learnt',
  args: {
    action: { type: 'positional', required: true, description: 'search, show, export, import or wipe' },
    what: {
      type: 'positional',
      required: false,
      description: 'search: words; show: an id; export, import: a file',
    },
    task: { type: 'string', description: 'wipe: the lessons of a task', valueHint: 'name' },
    loop: { type: 'string', description: 'wipe: the lessons of a loop', valueHint: 'id' },
    all: { type: 'boolean', description: 'wipe: every lesson' },
    yes: { type: 'boolean', description: 'wipe: do it' },
    json: JSON_FLAG,
  },
  examples: [
    ['autolift memory search "learning rate"', 'lessons with these words, the weightiest first'],
    ['autolift memory show 3f9c', 'where a lesson was seen, by the beginning of its id'],
    ['autolift memory export memory.json', 'one file, to be imported elsewhere'],
    ['autolift memory wipe --task sine --yes', 'forget what was learnt on a task'],
  ],
  notes: [
    'Lessons are hypotheses of earlier loops: later ones are told them as such. docs/memory.md says when and how.',
    '`memory: off` in task.yaml keeps a task out of it.',
  ],
  run: async ({ action, what, task, loop, all, yes, json }, terminal) => {
    const act = MEMORY_ACTIONS[action];
    if (act === undefined)
      throw new UserError(
        `"${action}" is not an action${didYouMean(action, Object.keys(MEMORY_ACTIONS))}`,
        'autolift memory',
        `Choose one of ${Object.keys(MEMORY_ACTIONS).join(', ')}.`,
      );
    const asked = { what, task, loop, all: all === true, yes: yes === true, json: json === true };
    await withLedger(settingsOf(terminal), async (ledger) => act(ledger.memory, asked, terminal));
    return EXIT.ok;
  },
});
