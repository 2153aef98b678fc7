import { expect, test } from 'vitest';
import { BranchMoved } from '../../../../src/storage/git/advance-branch.js';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit } from './scratch-repository.js';

const BRANCH = 'autoresearch/nov21';

const threeCommits = async () => {
  const folder = scratchRepository();
  userGit(folder, 'commit', '-q', '--allow-empty', '-m', 'b');
  userGit(folder, 'commit', '-q', '--allow-empty', '-m', 'c');
  const [c = '', b = '', a = ''] = userGit(folder, 'rev-list', 'HEAD').split('\n');
  return { folder, repository: await openRepository(folder), a, b, c };
};

test('a branch is created and advanced, and doing it again changes nothing', async () => {
  const { folder, repository, a, b } = await threeCommits();
  for (const step of [
    { branch: BRANCH, from: null, to: a },
    { branch: BRANCH, from: null, to: a },
    { branch: BRANCH, from: a, to: b },
    { branch: BRANCH, from: a, to: b },
  ]) {
    await repository.advanceBranch(step);
    expect(userGit(folder, 'rev-parse', BRANCH)).toBe(step.to);
  }
  expect(await repository.branchTip(BRANCH)).toBe(b);
});

test('a branch that somebody else moved, made or removed is left alone', async () => {
  const { folder, repository, a, b, c } = await threeCommits();
  await expect(repository.advanceBranch({ branch: BRANCH, from: a, to: b })).rejects.toMatchObject({
    name: 'BranchMoved',
    expected: a,
    found: null,
  });
  userGit(folder, 'branch', BRANCH, c);
  await expect(repository.advanceBranch({ branch: BRANCH, from: a, to: b })).rejects.toThrow(BranchMoved);
  await expect(repository.advanceBranch({ branch: BRANCH, from: null, to: b })).rejects.toThrow(BranchMoved);
  expect(userGit(folder, 'rev-parse', BRANCH)).toBe(c);
});

test('a branch that takes the name of our folder is named with the way out', async () => {
  const { folder, repository, a } = await threeCommits();
  userGit(folder, 'branch', 'autoresearch');
  await expect(repository.advanceBranch({ branch: BRANCH, from: null, to: a })).rejects.toThrow(
    /"autoresearch" leaves no room .*\n.*git branch -m/,
  );
});

test('no branch but autoresearch/… can be moved', async () => {
  const { folder, repository, a, c } = await threeCommits();
  await expect(repository.advanceBranch({ branch: 'main', from: c, to: a })).rejects.toThrow(
    'cannot be the name',
  );
  expect(userGit(folder, 'rev-parse', 'main')).toBe(c);
});

test('merging takes the tree of the candidate whole and descends from both', async () => {
  const { folder, repository, a, b } = await threeCommits();
  const [left, right] = await repository.commitCandidates(
    ['left', 'right'].map((name, index) => ({
      ref: `refs/autolift/t/r/${String(index)}`,
      parent: a,
      prefix: '',
      edits: [{ kind: 'write' as const, path: `${name}.py`, content: name }],
      message: name,
      at: 1_700_000_000,
    })),
  );
  const merge = {
    tip: left?.commit ?? '',
    candidate: right?.commit ?? '',
    message: 'keep 2',
    at: 1_700_000_005,
  };
  const commit = await repository.mergeInto(merge);
  expect(await repository.mergeInto(merge)).toBe(commit);
  expect(userGit(folder, 'log', '-1', '--format=%T %P %s', commit)).toBe(
    `${right?.tree ?? ''} ${merge.tip} ${merge.candidate} keep 2`,
  );
  expect(await repository.isAncestor(merge.tip, commit)).toBe(true);
  expect(await repository.isAncestor(commit, merge.tip)).toBe(false);
  expect(await repository.isAncestor(b, commit)).toBe(false);
  expect(await repository.isAncestor(a, a)).toBe(true);
});
