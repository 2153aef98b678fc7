import path from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { formatSpread, formatValue } from '../../domain/format.js';
import { locate } from '../../storage/git/locate-task.js';
import { openRepository } from '../../storage/git/repository.js';
import { defineCommand } from '../command.js';
import { settingsOf } from '../engine.js';
import { EXIT } from '../exit-codes.js';

export const reserve = defineCommand({
  name: 'reserve',
  description: 'Open a reserve: score one commit on it, print the number once, and log it',
  args: {
    action: { type: 'positional', required: true, description: 'open' },
    name: { type: 'positional', required: true, description: 'the vault' },
    task: { type: 'string', default: '.', description: 'folder of the task', valueHint: 'folder' },
    commit: { type: 'string', required: true, description: 'what is scored', valueHint: 'revision' },
  },
  examples: [
    ['autolift reserve open sine-final --commit autoresearch/nov21', 'at the end, by a person, once'],
    ['autolift reserve open sine-final --task ~/sine --commit 3f2a9c1', 'of a task elsewhere'],
  ],
  notes: ['This is the only number of a holdout that may be published. It cannot be had twice.'],
  run: async ({ action, name, task, commit }, terminal) => {
    if (action !== 'open')
      throw new UserError(
        `"${action}" is not an action`,
        'autolift reserve',
        'Write `autolift reserve open NAME`.',
      );
    const { repository: directory, prefix } = await locate(path.resolve(terminal.cwd, task));
    const full = await (await openRepository(directory)).resolve(commit);
    if (full === null)
      throw new UserError(
        `"${commit}" is no commit of this repository`,
        directory,
        'Name a branch or a hash.',
      );
    const { openReserveAsPerson } = await import('../../workers/steward-office.js');
    const order = { vault: name, repository: directory, prefix, commit: full };
    const score = await openReserveAsPerson(settingsOf(terminal), order);
    const failed = score.failed === 0 ? '' : `, ${String(score.failed)} failed`;
    const spread = score.standardError === null ? '' : ` ± ${formatSpread(score.standardError)}`;
    terminal.out(
      `${score.metric} ${formatValue(score.mean)}${spread} over ${String(score.n)} instance${score.n === 1 ? '' : 's'} of ` +
        `${score.suite}${failed}, commit ${full.slice(0, 12)}`,
    );
    return EXIT.ok;
  },
});
