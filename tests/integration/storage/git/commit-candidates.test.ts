import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit } from './scratch-repository.js';

const AT = 1_700_000_000;

test('a candidate is a commit on its own ref with exactly its edits', async () => {
  const folder = scratchRepository({ 'a.py': '1\n', 'b/c.txt': '2\n', 'b/gone.txt': '3\n' });
  const head = userGit(folder, 'rev-parse', 'HEAD');
  const repository = await openRepository(folder);
  const [made] = await repository.commitCandidates([
    {
      ref: 'refs/autolift/sine/nov21/1',
      parent: head,
      prefix: '',
      edits: [
        { kind: 'write', path: 'a.py', content: 'changed ✓\n' },
        { kind: 'write', path: 'new/sub dir/"q".txt', content: 'no line break' },
        { kind: 'delete', path: 'b/gone.txt' },
      ],
      message: 'try this',
      at: AT,
    },
  ]);
  expect(userGit(folder, 'rev-parse', 'refs/autolift/sine/nov21/1')).toBe(made?.commit);
  expect(userGit(folder, 'rev-parse', 'refs/autolift/sine/nov21/1^{tree}')).toBe(made?.tree);
  expect(userGit(folder, 'log', '-1', '--format=%an <%ae> %at %ct %s %P', made?.commit ?? '')).toBe(
    `autolift <autolift@localhost> ${String(AT)} ${String(AT)} try this ${head}`,
  );
  expect(userGit(folder, 'ls-tree', '-r', '--name-only', '-z', made?.commit ?? '').split('\0')).toEqual([
    'a.py',
    'b/c.txt',
    'new/sub dir/"q".txt',
    '',
  ]);
  const [changed, added] = await repository.readFiles(made?.commit ?? '', ['a.py', 'new/sub dir/"q".txt']);
  expect(changed?.toString()).toBe('changed ✓\n');
  expect(added?.toString()).toBe('no line break');
  expect(() => userGit(folder, 'fsck', '--strict')).not.toThrow();
});

test('committing a batch again gives the same commits', async () => {
  const folder = scratchRepository();
  const head = userGit(folder, 'rev-parse', 'HEAD');
  const batch = [1, 2, 3].map((n) => ({
    ref: `refs/autolift/t/r/${String(n)}`,
    parent: head,
    prefix: '',
    edits: [{ kind: 'write' as const, path: 'train.py', content: `x = ${String(n)}\n` }],
    message: `n ${String(n)}`,
    at: AT,
  }));
  const first = await (await openRepository(folder)).commitCandidates(batch);
  const second = await (await openRepository(folder)).commitCandidates(batch);
  expect(second).toEqual(first);
  expect(new Set(first.map(({ commit }) => commit)).size).toBe(3);
});

test('a different candidate takes over the ref of an attempt that was never recorded', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  const parent = userGit(folder, 'rev-parse', 'HEAD');
  const attempt = (content: string) =>
    repository.commitCandidates([
      {
        ref: 'refs/autolift/t/r/1',
        parent,
        prefix: '',
        edits: [{ kind: 'write', path: 'train.py', content }],
        message: 'm',
        at: AT,
      },
    ]);
  await attempt('first');
  const [second] = await attempt('second');
  expect(userGit(folder, 'rev-parse', 'refs/autolift/t/r/1')).toBe(second?.commit);
});

test('an edited file keeps its executable bit and a new one has none', async () => {
  const folder = scratchRepository({ 'task/run.sh': 'echo\n' });
  userGit(folder, 'update-index', '--chmod=+x', 'task/run.sh');
  userGit(folder, 'commit', '-qm', 'x');
  const repository = await openRepository(folder);
  const [made] = await repository.commitCandidates([
    {
      ref: 'refs/autolift/t/r/1',
      parent: userGit(folder, 'rev-parse', 'HEAD'),
      prefix: 'task',
      edits: [
        { kind: 'write', path: 'run.sh', content: 'echo 2\n' },
        { kind: 'write', path: 'new.sh', content: 'echo 3\n' },
      ],
      message: '',
      at: AT,
    },
  ]);
  const files = await repository.listFiles(made?.commit ?? '', 'task');
  expect(files.map(({ path, mode }) => [path, mode])).toEqual([
    ['new.sh', '100644'],
    ['run.sh', '100755'],
  ]);
});

test('a failed batch leaves no report in the repository', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  const before = readdirSync(join(folder, '.git'));
  await expect(
    repository.commitCandidates([
      { ref: 'refs/autolift/t/r/1', parent: 'HEAD~7', prefix: '', edits: [], message: 'm', at: AT },
    ]),
  ).rejects.toThrow();
  const parent = '1'.repeat(40);
  await expect(
    (await import('../../../../src/storage/git/commit-candidates.js')).commitCandidates(
      (await import('../../../../src/storage/git/git.js')).openGit(join(folder, '.git')),
      async () => await Promise.resolve([]),
      [{ ref: 'refs/autolift/t/r/1', parent, prefix: '', edits: [], message: 'm', at: AT }],
    ),
  ).rejects.toThrow('git fast-import ended with');
  expect(readdirSync(join(folder, '.git'))).toEqual(before);
});

test('a ref outside of autolift is never written', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  const parent = userGit(folder, 'rev-parse', 'HEAD');
  const refs = userGit(folder, 'for-each-ref');
  for (const ref of ['refs/heads/main', 'HEAD', 'refs/autolift/a/../b', 'refs/autolift/x.lock/1']) {
    await expect(
      repository.commitCandidates([{ ref, parent, prefix: '', edits: [], message: 'm', at: AT }]),
    ).rejects.toThrow('cannot be the name of a git reference');
  }
  expect(userGit(folder, 'for-each-ref')).toBe(refs);
});
