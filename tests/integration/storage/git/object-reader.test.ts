import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openObjects } from '../../../../src/storage/git/object-reader.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchFolder, scratchRepository, userGit } from './scratch-repository.js';

const MISSING = '1234567890123456789012345678901234567890';

const head = (folder: string): string => userGit(folder, 'rev-parse', 'HEAD').trim();

/** A partial clone whose missing objects are fetched by a program of its own. */
const partialClone = (): { folder: string; canary: string } => {
  const folder = scratchRepository({ 'train.py': 'x = 1\n' });
  const tools = scratchFolder();
  const [program, canary] = [join(tools, 'fetch'), join(tools, 'canary')];
  writeFileSync(program, `#!/bin/sh\necho ran >> '${canary}'\n`);
  chmodSync(program, 0o755);
  const settings: Record<string, string> = {
    'core.repositoryformatversion': '1',
    'extensions.partialClone': 'origin',
    'remote.origin.promisor': 'true',
    'remote.origin.partialclonefilter': 'blob:none',
    'remote.origin.url': `ext::${program}`,
    'protocol.ext.allow': 'always',
    'log.showSignature': 'true',
    'gpg.program': program,
  };
  for (const [key, value] of Object.entries(settings)) userGit(folder, 'config', key, value);
  return { folder, canary };
};

test('a partial clone whose transport is a program has it run by nobody', async () => {
  const { folder, canary } = partialClone();
  const reader = await openObjects(folder, join(scratchFolder(), 'git'));
  await expect(reader.listFiles(MISSING, '')).rejects.toThrow();
  expect(await reader.readFiles(MISSING, ['train.py'])).toEqual([null]);
  const opened = await openRepository(folder);
  await expect(opened.listFiles(MISSING, '')).rejects.toThrow();
  expect(existsSync(canary)).toBe(false);
  // it is one that git itself would run
  expect(() => userGit(folder, '-c', 'protocol.allow=never', 'ls-tree', MISSING)).toThrow();
  expect(existsSync(canary)).toBe(true);
});

test('commits are read as they are, from a work tree, a linked one and a git directory alike', async () => {
  const folder = scratchRepository({ 'a/train.py': 'x = 1\n', 'notes.txt': 'one\n' });
  userGit(folder, 'gc', '--quiet');
  const linked = join(scratchFolder(), 'linked');
  userGit(folder, 'worktree', 'add', '--quiet', '--detach', linked);
  for (const path of [folder, linked, join(folder, '.git')]) {
    const reader = await openObjects(path, join(scratchFolder(), 'git'));
    const commit = head(folder);
    expect((await reader.listFiles(commit, 'a')).map((file) => file.path)).toEqual(['train.py']);
    expect((await reader.readFiles(commit, ['a/train.py', 'no']))[0]?.toString()).toBe('x = 1\n');
    expect(await reader.readHeader(commit)).toContain('author ');
  }
});

test('a repository of SHA-256 is read too', async () => {
  const folder = scratchFolder();
  userGit(folder, 'init', '--quiet', '--object-format=sha256');
  writeFileSync(join(folder, 'x'), 'one');
  userGit(folder, 'add', '-A');
  userGit(folder, 'commit', '--quiet', '-m', 'start');
  const reader = await openObjects(folder, join(scratchFolder(), 'git'));
  expect((await reader.listFiles(head(folder), '')).map(({ path }) => path)).toEqual(['x']);
});

test('what is no repository, and what is no hash, is read by nobody', async () => {
  const scratch = scratchFolder();
  await expect(openObjects(scratch, join(scratch, 'git'))).rejects.toThrow('is no repository');
  const reader = await openObjects(scratchRepository({ x: '1' }), join(scratch, 'git'));
  for (const name of ['HEAD', '--help', 'main', 'abc']) {
    await expect(reader.listFiles(name, '')).rejects.toThrow('is no full hash');
    await expect(reader.readFiles(name, ['x'])).rejects.toThrow('is no full hash');
  }
  expect(readdirSync(scratch)).toEqual([]);
});

test('a pipe in place of .git or of what it points to is waited for by nobody', async () => {
  for (const name of ['.git', 'commondir']) {
    const folder = scratchFolder();
    execFileSync('mkfifo', [join(folder, name)]);
    await expect(openObjects(folder, join(folder, 'git'))).rejects.toThrow('is no repository');
  }
});

test('a pipe in place of an object ends when the time for it does, and the next is read', async () => {
  const folder = scratchRepository({ 'train.py': 'x = 1\n' });
  const commit = head(folder);
  const object = join(folder, '.git', 'objects', commit.slice(0, 2), commit.slice(2));
  rmSync(object);
  execFileSync('mkfifo', [object]);
  const reader = await openObjects(folder, join(scratchFolder(), 'git'), 300);
  await expect(reader.listFiles(commit, '')).rejects.toThrow('took too long');
  await expect(reader.readFiles(commit, ['train.py'])).rejects.toThrow('took too long');
  await expect(reader.readHeader(commit)).rejects.toThrow('took too long');
  const sound = scratchRepository({ 'train.py': 'x = 1\n' });
  const other = await openObjects(sound, join(scratchFolder(), 'git'));
  expect(await other.readHeader(head(sound))).toContain('author ');
});
