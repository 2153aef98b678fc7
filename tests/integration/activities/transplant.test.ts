import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTransplant } from '../../../src/activities/transplant.js';
import { candidateRef } from '../../../src/contract/names.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const ID = 'toy/epoch-a-b';

test("an artifact's editable files stand among the protected files of the new evaluator, and nothing else of it", async () => {
  const folder = repositoryWith({
    'src/a.py': 'A = 1\n',
    'src/gone.py': 'x\n',
    'evaluate.py': 'old\n',
    'lib.py': 'old\n',
  });
  const repository = await openRepository(folder);
  const base = (await repository.resolve('HEAD')) ?? '';
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      encoding: 'utf8',
    });
  const [candidate] = await repository.commitCandidates([
    {
      ref: candidateRef('toy/x', 1),
      parent: base,
      prefix: '',
      edits: [
        { kind: 'write', path: 'src/a.py', content: 'A = 2\n' },
        { kind: 'write', path: 'src/new.py', content: 'N = 1\n' },
        { kind: 'delete', path: 'src/gone.py' },
      ],
      message: 'one',
      at: 1_700_000_000,
    },
  ]);
  writeFileSync(join(folder, 'src/bytes.bin'), Buffer.from([0xff, 0xfe, 0]));
  git('add', '-A');
  git('commit', '-qm', 'bytes');
  const bytes = git('rev-parse', 'HEAD').trim();
  git('rm', '-q', 'src/bytes.bin');
  writeFileSync(join(folder, 'evaluate.py'), 'new\n');
  git('commit', '-qam', 'another evaluator');
  const evaluatorCommit = git('rev-parse', 'HEAD').trim();

  const task = taskWith({ editable: ['src/**'] });
  const source = { ...loopInput('toy/x', task).source, repository: folder, remote: folder, evaluatorCommit };
  const transplant = createTransplant({ openRepository });
  const request = {
    id: ID,
    version: { task, source },
    artifacts: [
      { experiment: 1, commit: candidate?.commit ?? '', value: 0 },
      { experiment: 2, commit: bytes, value: 0 },
      { experiment: 0, commit: base, value: 0 },
    ],
  };
  const { commits } = await transplant(request);
  const [one, two, none] = commits;
  expect(two).toBeNull();
  expect(
    git('ls-tree', '-r', '--name-only', one ?? '')
      .trim()
      .split('\n'),
  ).toEqual(['evaluate.py', 'lib.py', 'src/a.py', 'src/new.py']);
  expect(git('show', `${String(one)}:evaluate.py`)).toBe('new\n');
  expect(git('show', `${String(one)}:src/a.py`)).toBe('A = 2\n');
  expect(git('show', `${String(none)}:src/a.py`)).toBe('A = 1\n');
  expect(await repository.resolve(candidateRef(ID, 1))).toBe(one);
  expect(await transplant(request)).toEqual({ commits });
});
