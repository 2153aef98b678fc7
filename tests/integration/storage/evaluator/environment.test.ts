import { mkdirSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentChanges, evaluatorEnvironment } from '../../../../src/storage/evaluator/environment.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { taskWith } from '../../../support/loop-input.js';
import { scratchRepository, userGit, writeFiles } from '../../storage/git/scratch-repository.js';

test('lock files above the folder and declared data are part of what an evaluator rests on', async () => {
  const folder = scratchRepository({
    'uv.lock': 'a==1\n',
    'tasks/sine/train.py': 'x\n',
    'other/Cargo.lock': 'y\n',
  });
  const repository = await openRepository(folder);
  const taskFolder = join(folder, 'tasks/sine');
  mkdirSync(join(taskFolder, 'data'));
  writeFileSync(join(taskFolder, 'data/one.csv'), '1\n');
  writeFileSync(join(taskFolder, 'tokens.bin'), '1');
  const run = { command: 'x', budget: 10, read: ['data', 'tokens.bin', 'nowhere'] };
  const look = async () => {
    const evaluatorCommit = (await repository.resolve('HEAD')) ?? '';
    return evaluatorEnvironment(repository, taskWith({ run }), {
      evaluatorCommit,
      prefix: 'tasks/sine',
      taskFolder,
    });
  };
  const before = await look();
  expect(Object.keys(before)).toEqual(['lock uv.lock', 'data data', 'data tokens.bin', 'data nowhere']);
  expect(before['data nowhere']).toBe('missing');
  expect(await look()).toEqual(before);

  writeFileSync(join(taskFolder, 'data/one.csv'), '7\n');
  expect(environmentChanges(before, await look()), 'an edit of equal length').toEqual(['data data']);
  writeFileSync(join(taskFolder, 'data/one.csv'), '1\n');
  expect(await look(), 'the same contents, written again').toEqual(before);

  writeFileSync(join(taskFolder, 'data/two.csv'), '2\n');
  expect(environmentChanges(before, await look())).toEqual(['data data']);
  writeFileSync(join(taskFolder, 'tokens.bin'), '2');
  writeFiles(folder, { 'uv.lock': 'a==2\n' });
  userGit(folder, 'commit', '-qam', 'lock');
  expect(environmentChanges(before, await look())).toEqual(['data data', 'data tokens.bin', 'lock uv.lock']);
  expect(environmentChanges(undefined, before)).toEqual([]);
});

test('a folder too large to be read is known by the sizes and times of its files', async () => {
  const folder = scratchRepository({ 'train.py': 'x\n' });
  const repository = await openRepository(folder);
  mkdirSync(join(folder, 'data'));
  const large = join(folder, 'data/large.bin');
  writeFileSync(large, '');
  truncateSync(large, 65 * 1024 * 1024);
  const evaluatorCommit = (await repository.resolve('HEAD')) ?? '';
  const task = taskWith({ run: { command: 'x', budget: 10, read: ['data'] } });
  const look = async () =>
    evaluatorEnvironment(repository, task, { evaluatorCommit, prefix: '', taskFolder: folder });
  const before = await look();
  expect(await look()).toEqual(before);
  utimesSync(large, 1, 1);
  expect(environmentChanges(before, await look())).toEqual(['data data']);
});
