import { expect, test } from 'vitest';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit } from './scratch-repository.js';

const BRANCH = 'autoresearch/nov21';

test('of all that claim a branch at the same moment one has it, though they agree on where it begins', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  const at = userGit(folder, 'rev-parse', 'HEAD');
  const claims = await Promise.all(
    Array.from({ length: 6 }, async () => repository.claimBranch({ branch: BRANCH, at })),
  );
  expect(claims.filter((isMine) => isMine)).toEqual([true]);
  expect(await repository.branchTip(BRANCH)).toBe(at);
});

test('a claim is given back, unless the branch has moved since', async () => {
  const folder = scratchRepository();
  const repository = await openRepository(folder);
  const at = userGit(folder, 'rev-parse', 'HEAD');
  userGit(folder, 'commit', '-q', '--allow-empty', '-m', 'b');
  const later = userGit(folder, 'rev-parse', 'HEAD');
  await repository.claimBranch({ branch: BRANCH, at });
  await repository.releaseBranch({ branch: BRANCH, at });
  expect(await repository.branchTip(BRANCH)).toBe(null);
  expect(await repository.claimBranch({ branch: BRANCH, at })).toBe(true);
  await repository.advanceBranch({ branch: BRANCH, from: at, to: later });
  await repository.releaseBranch({ branch: BRANCH, at });
  expect(await repository.branchTip(BRANCH)).toBe(later);
});
