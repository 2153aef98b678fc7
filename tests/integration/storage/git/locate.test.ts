import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import { locate } from '../../../../src/storage/git/locate-task.js';
import { scratchFolder, scratchRepository, userGit, writeFiles } from './scratch-repository.js';

test('a subfolder is located by its repository and its prefix', async () => {
  const folder = scratchRepository({ 'tasks/my task/train.py': '1\n', 'other.py': '2\n' });
  writeFiles(folder, { 'tasks/my task/train.py': '3\n', 'tasks/my task/new.py': '4\n', 'other.py': '5\n' });
  expect(await locate(join(folder, 'tasks/my task'))).toEqual({
    repository: join(folder, '.git'),
    prefix: 'tasks/my task',
    head: userGit(folder, 'rev-parse', 'HEAD'),
    dirty: 2,
  });
});

test('a linked worktree shares its repository and has its own head', async () => {
  const folder = scratchRepository();
  const linked = join(scratchFolder(), 'linked');
  userGit(folder, 'worktree', 'add', '-q', '-b', 'side', linked);
  writeFiles(linked, { 'train.py': 'side\n' });
  userGit(linked, 'commit', '-qam', 'side');
  const found = await locate(linked);
  expect(found.repository).toBe(join(folder, '.git'));
  expect(found.head).toBe(userGit(linked, 'rev-parse', 'HEAD'));
  expect(found.head).not.toBe(userGit(folder, 'rev-parse', 'HEAD'));
});

test('a bare repository has a head and nothing dirty', async () => {
  const folder = scratchRepository();
  const bare = join(scratchFolder(), 'bare.git');
  userGit(folder, 'clone', '-q', '--bare', folder, bare);
  expect(await locate(bare)).toEqual({
    repository: bare,
    prefix: '',
    head: userGit(folder, 'rev-parse', 'HEAD'),
    dirty: 0,
  });
});

test('a folder without a repository, a commit or even a folder is refused with what to do', async () => {
  const folder = scratchFolder();
  const message = async (path: string): Promise<string> =>
    await locate(path).then(
      () => 'found',
      (error: unknown) => (error instanceof UserError ? error.message : 'not a user error'),
    );
  expect(await message(folder)).toMatch(/not in a git repository\n.*git init && git add -A && git commit/);
  mkdirSync(join(folder, 'empty'));
  userGit(join(folder, 'empty'), 'init', '-q');
  expect(await message(join(folder, 'empty'))).toMatch(/no commit yet\n.*git add -A && git commit/);
  expect(await message(join(folder, 'nowhere'))).toMatch(/no such folder/);
});
