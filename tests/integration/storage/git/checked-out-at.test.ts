import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchFolder, scratchRepository, userGit } from './scratch-repository.js';

test('a branch is found wherever it is checked out, by whoever asks from wherever', async () => {
  const folder = scratchRepository();
  userGit(folder, 'branch', 'autoresearch/a');
  const other = join(scratchFolder(), 'other tree');
  userGit(folder, 'worktree', 'add', '-q', '-b', 'autoresearch/b', other);
  const repository = await openRepository(other);
  expect(await repository.checkedOutAt('autoresearch/a')).toEqual([]);
  expect(await repository.checkedOutAt('autoresearch/b')).toEqual([other]);
  userGit(folder, 'switch', '-q', 'autoresearch/a');
  expect(await repository.checkedOutAt('autoresearch/a')).toEqual([folder]);
  userGit(folder, 'switch', '-q', '--detach');
  expect(await repository.checkedOutAt('autoresearch/a')).toEqual([]);
});
