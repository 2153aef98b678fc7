import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Edit } from '../../../../src/contract/proposal.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit } from './scratch-repository.js';

const lines = (...changed: [number, string][]): string =>
  Array.from(
    { length: 12 },
    (_, index) => changed.find(([line]) => line === index)?.[1] ?? `line ${String(index)}`,
  )
    .join('\n')
    .concat('\n');

const write = (path: string, content: string): Edit => ({ kind: 'write', path, content });

/** The edits of `candidate` carried over to `incumbent`, both made from the same base. */
const carry = async (candidate: Edit[], incumbent: Edit[], folder = base()): Promise<Edit[] | null> => {
  const repository = await openRepository(folder);
  const parent = userGit(folder, 'rev-parse', 'HEAD');
  const [one, two] = await repository.commitCandidates(
    [candidate, incumbent].map((edits, index) => ({
      ref: `refs/autolift/t/r/${String(index)}`,
      parent,
      prefix: 'task',
      edits,
      message: 'm',
      at: 1_700_000_000,
    })),
  );
  return await repository.carryOver({
    base: parent,
    commit: one?.commit ?? '',
    onto: two?.commit ?? '',
    prefix: 'task',
  });
};

const base = (): string =>
  scratchRepository({
    'task/a.py': lines(),
    'task/b.py': lines(),
    'task/bin.dat': Buffer.from([0, 1, 2]),
    'outside.py': 'o',
  });

test('changes of other files and of other lines come together', async () => {
  expect(await carry([write('a.py', lines([1, 'mine']))], [write('b.py', lines([1, 'theirs']))])).toEqual([
    write('a.py', lines([1, 'mine'])),
  ]);
  expect(await carry([write('a.py', lines([1, 'mine']))], [write('a.py', lines([10, 'theirs']))])).toEqual([
    write('a.py', lines([1, 'mine'], [10, 'theirs'])),
  ]);
});

test('new and deleted files are carried over', async () => {
  expect(
    await carry([write('new.py', 'n'), { kind: 'delete', path: 'b.py' }], [write('a.py', lines([3, 'x']))]),
  ).toEqual([{ kind: 'delete', path: 'b.py' }, write('new.py', 'n')]);
});

test('what the incumbent already has is not carried twice', async () => {
  expect(await carry([write('a.py', lines([1, 'same']))], [write('a.py', lines([1, 'same']))])).toEqual([]);
});

test('contradicting changes are a conflict', async () => {
  const mine = write('a.py', lines([5, 'mine']));
  expect(await carry([mine], [write('a.py', lines([5, 'theirs']))])).toBeNull();
  expect(await carry([mine], [{ kind: 'delete', path: 'a.py' }])).toBeNull();
  expect(await carry([{ kind: 'delete', path: 'a.py' }], [mine])).toBeNull();
  expect(await carry([write('new.py', '1')], [write('new.py', '2')])).toBeNull();
  expect(await carry([write('new', '1')], [write('new/file.py', '2')])).toBeNull();
  expect(await carry([write('bin.dat', 'a\0b')], [write('bin.dat', 'a\0c')])).toBeNull();
});

test('a symlink in the way is a conflict', async () => {
  const folder = base();
  const before = userGit(folder, 'rev-parse', 'HEAD');
  symlinkSync('b.py', join(folder, 'task/link.py'));
  userGit(folder, 'add', '-A');
  userGit(folder, 'commit', '-qm', 'link');
  const repository = await openRepository(folder);
  const [made] = await repository.commitCandidates([
    {
      ref: 'refs/autolift/t/r/1',
      parent: before,
      prefix: 'task',
      edits: [write('link.py', '1')],
      message: 'm',
      at: 1,
    },
  ]);
  const onto = userGit(folder, 'rev-parse', 'HEAD');
  expect(
    await repository.carryOver({ base: before, commit: made?.commit ?? '', onto, prefix: 'task' }),
  ).toBeNull();
});
