import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locate } from '../../../../src/storage/git/locate-task.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchFolder, scratchRepository, snapshot, userGit, writeFiles } from './scratch-repository.js';

const HOOKS = [
  'reference-transaction',
  'post-commit',
  'pre-commit',
  'post-index-change',
  'post-update',
  'update',
];

/** A repository in which everything that git can be made to run leaves a line in a canary file. */
const hostileRepository = (): { folder: string; canary: string } => {
  const folder = scratchRepository({
    'train.py': 'x = 1\n',
    'notes.txt': 'one\n',
    '.gitattributes': '*.py filter=evil diff=evil merge=evil\n*.txt filter=evil text eol=crlf\n',
  });
  const tools = scratchFolder();
  const canary = join(tools, 'canary');
  const program = join(tools, 'program');
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> '${canary}'\ncat\n`);
  chmodSync(program, 0o755);
  const hooks = join(folder, '.git', 'hooks');
  mkdirSync(hooks, { recursive: true });
  for (const hook of HOOKS) {
    writeFileSync(join(hooks, hook), `#!/bin/sh\necho "hook ${hook}" >> '${canary}'\n`);
    chmodSync(join(hooks, hook), 0o755);
  }
  const settings: Record<string, string> = {
    'core.fsmonitor': program,
    'core.pager': program,
    'core.editor': program,
    'core.sshCommand': program,
    'commit.gpgSign': 'true',
    'gpg.program': program,
    'diff.external': program,
    'diff.evil.command': program,
    'diff.evil.textconv': program,
    'merge.evil.driver': `${program} %A`,
    'filter.evil.clean': program,
    'filter.evil.smudge': program,
    'filter.evil.required': 'true',
    'credential.helper': program,
    'alias.rev-parse': `!${program}`,
    'uploadpack.packObjectsHook': program,
  };
  for (const [key, value] of Object.entries(settings)) userGit(folder, 'config', key, value);
  return { folder, canary };
};

const drive = async (folder: string): Promise<void> => {
  const { repository, head } = await locate(folder);
  const opened = await openRepository(repository);
  const candidates = [1, 2].map((n) => ({
    ref: `refs/autolift/t/r/${String(n)}`,
    parent: head,
    prefix: '',
    edits: [{ kind: 'write' as const, path: n === 1 ? 'train.py' : 'notes.txt', content: `${String(n)}\n` }],
    message: 'm',
    at: 1_700_000_000,
  }));
  const [one, two] = await opened.commitCandidates(candidates);
  if (!one || !two) throw new Error('no candidates');
  await opened.advanceBranch({ branch: 'autoresearch/r', from: null, to: one.commit });
  const merge = await opened.mergeInto({
    tip: one.commit,
    candidate: two.commit,
    message: 'm',
    at: 1_700_000_001,
  });
  await opened.advanceBranch({ branch: 'autoresearch/r', from: one.commit, to: merge });
  await opened.carryOver({ base: head, commit: two.commit, onto: one.commit, prefix: '' });
  expect(await opened.diff(head, one.commit, { prefix: '', maxBytes: 10_000 })).toContain('-x = 1\n+1\n');
  expect(await opened.isAncestor(head, merge)).toBe(true);
  expect((await opened.readFile(one.commit, 'train.py'))?.toString()).toBe('1\n');
  await opened.evaluatorHash(head, '', { command: 'c', editable: ['*.py'] });
};

test('nothing that a repository configures is ever run', async () => {
  const { folder, canary } = hostileRepository();
  userGit(folder, 'status');
  expect(readFileSync(canary, 'utf8')).not.toBe('');
  writeFileSync(canary, '');
  writeFiles(folder, { 'train.py': 'x = 2\n', 'untracked.py': 'y\n' });
  await drive(folder);
  expect(readFileSync(canary, 'utf8')).toBe('');
});

test('a dirty work tree, index, HEAD, configuration and branches stay as they were', async () => {
  const folder = scratchRepository({ 'train.py': 'x = 1\n', 'notes.txt': 'one\n' });
  userGit(folder, 'branch', 'other');
  writeFiles(folder, { 'train.py': 'staged\n' });
  userGit(folder, 'add', 'train.py');
  writeFiles(folder, { 'train.py': 'changed again\n', 'untracked.txt': 'u\n' });
  const ours = [
    '.git/objects',
    '.git/refs/autolift',
    '.git/refs/heads/autoresearch',
    '.git/logs/refs/heads/autoresearch',
  ];
  const status = userGit(folder, 'status', '--porcelain');
  const before = snapshot(folder, ours);
  await drive(folder);
  expect(snapshot(folder, ours)).toEqual(before);
  expect(userGit(folder, 'status', '--porcelain')).toBe(status);
  expect(existsSync(join(folder, '.git/refs/autolift/t/r/2'))).toBe(true);
});
