import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Deps } from '../../../src/activities/deps.js';
import { createCompose } from '../../../src/activities/compose.js';
import { candidateRef } from '../../../src/contract/names.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const LOOP = 'toy/compose';
const TRAIN = 'A = 1\n\n\n\nB = 1\n\n\n\nC = 1\n';

const scene = async () => {
  const folder = repositoryWith({ 'train.py': TRAIN });
  const repository = await openRepository(folder);
  const base = (await repository.resolve('HEAD')) ?? '';
  const change = async (experiment: number, parent: string, content: string) => {
    const [made] = await repository.commitCandidates([
      {
        ref: candidateRef(LOOP, experiment),
        parent,
        prefix: '',
        edits: [{ kind: 'write', path: 'train.py', content }],
        message: `idea ${String(experiment)}`,
        at: 1_700_000_000 + experiment,
      },
    ]);
    return { experiment, base: parent, commit: made?.commit ?? '' };
  };
  const deps = { openRepository } as unknown as Pick<Deps, 'openRepository'>;
  const { source } = loopInput(LOOP, taskWith());
  const request = {
    loop: LOOP,
    source: { ...source, repository: folder, remote: folder, baseCommit: base },
    experiment: 9,
    idea: 'promote 3 changes: #1, #2, #3',
    base,
  };
  const show = (commit: string): string =>
    execFileSync('git', ['-C', folder, 'show', `${commit}:train.py`], { encoding: 'utf8' });
  return { repository, base, change, compose: createCompose(deps), request, show };
};

/** Three changes, each made on the one before. */
const three = async (change: Awaited<ReturnType<typeof scene>>['change'], base: string) => {
  const one = await change(1, base, TRAIN.replace('A = 1', 'A = 2'));
  const two = await change(2, one.commit, TRAIN.replace('A = 1', 'A = 2').replace('B = 1', 'B = 2'));
  const all = TRAIN.replaceAll(' = 1', ' = 2');
  return [one, two, await change(3, two.commit, all)] as const;
};

test('a branch without the change in its middle holds the others, on the trunk, a commit each', async () => {
  const { repository, base, change, compose, request, show } = await scene();
  const [one, , last] = await three(change, base);
  const made = await compose({ ...request, variant: 1, changes: [one, last] });
  expect(show(made?.commit ?? '')).toBe(TRAIN.replace('A = 1', 'A = 2').replace('C = 1', 'C = 2'));
  expect(await repository.isAncestor(base, made?.commit ?? '')).toBe(true);
  expect(await repository.isAncestor(last.commit, made?.commit ?? '')).toBe(false);
});

test('the same request makes the same commit, and the sealed one has the ref of its promotion', async () => {
  const { repository, base, change, compose, request } = await scene();
  const [one, two] = await three(change, base);
  const first = await compose({ ...request, variant: 0, changes: [one, two] });
  expect(await compose({ ...request, variant: 0, changes: [one, two] })).toEqual(first);
  await compose({ ...request, variant: 1, changes: [two] });
  expect(await repository.resolve(candidateRef(LOOP, 9))).toBe(first?.commit);
});

test('a change of lines that another one brought cannot do without it', async () => {
  const { base, change, compose, request } = await scene();
  const one = await change(1, base, TRAIN.replace('A = 1', 'A = 2'));
  const two = await change(2, one.commit, TRAIN.replace('A = 1', 'A = 3'));
  expect(await compose({ ...request, variant: 1, changes: [two] })).toBeNull();
});

test('with nothing to lay on it, it is the trunk itself', async () => {
  const { base, compose, request } = await scene();
  expect(await compose({ ...request, variant: 1, changes: [] })).toEqual({ commit: base, tree: null });
});
