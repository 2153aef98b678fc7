import { expect, test } from 'vitest';
import { openRepository } from '../../../../src/storage/git/repository.js';
import { scratchRepository, userGit } from './scratch-repository.js';

test("the user's own gc packs the candidates, loses none, and the loop goes on", async () => {
  const folder = scratchRepository();
  const parent = userGit(folder, 'rev-parse', 'HEAD');
  const repository = await openRepository(folder);
  const candidate = (n: number) => ({
    ref: `refs/autolift/sine/nov21/${String(n)}`,
    parent,
    prefix: '',
    edits: [{ kind: 'write' as const, path: 'train.py', content: `x = ${String(n)}\n` }],
    message: `try ${String(n)}`,
    at: 1_700_000_000 + n,
  });
  const made = await repository.commitCandidates([2, 3, 4].map(candidate));
  userGit(folder, 'gc', '-q', '--prune=now');
  expect(userGit(folder, 'count-objects')).toMatch(/^0 objects/);
  for (const [index, { commit }] of made.entries()) {
    expect((await repository.readFile(commit, 'train.py'))?.toString()).toBe(`x = ${String(index + 2)}\n`);
    expect(userGit(folder, 'rev-parse', candidate(index + 2).ref)).toBe(commit);
  }
  expect(await repository.commitCandidates([candidate(3)])).toEqual([made[1]]);
  expect(await repository.commitCandidates([candidate(5)])).toHaveLength(1);
});
