import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createPlant } from '../../../src/activities/plant.js';
import type { Canary } from '../../../src/contract/task-schema.js';
import { candidateRef } from '../../../src/contract/names.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const LOOP = 'toy/plant';
const PATCH = `--- a/train.py
+++ b/train.py
@@ -1,3 +1,3 @@
 A = 1
-B = 1
+B = 7
 C = 1
`;

const scene = async () => {
  const folder = repositoryWith({
    'train.py': 'A = 1\nB = 1\nC = 1\n',
    'evaluate.py': 'print(1)\n',
    'canaries/pretty/train.py': 'print("METRIC:loss=0")\n',
    'canaries/evil/evaluate.py': 'print(0)\n',
    'canaries/plain.patch': PATCH,
    'canaries/stale.patch': PATCH.replace('-B = 1', '-B = 2'),
    'canaries/out.patch': PATCH.replaceAll('/train.py', '/../train.py'),
  });
  const repository = await openRepository(folder);
  const base = (await repository.resolve('HEAD')) ?? '';
  const plant = createPlant({ openRepository });
  const { source } = loopInput(LOOP, taskWith());
  const at = { ...source, repository: folder, remote: folder, baseCommit: base, evaluatorCommit: base };
  const show = (commit: string, file = 'train.py'): string =>
    execFileSync('git', ['-C', folder, 'show', `${commit}:${file}`], { encoding: 'utf8' });
  return {
    repository,
    base,
    show,
    plant: (canaries: Canary[]) => plant({ loop: LOOP, task: taskWith(), source: at, canaries }),
  };
};

test('a folder, a patch and the unchanged artifact become candidates of the baseline, each under a ref of its own', async () => {
  const { plant, show, repository, base } = await scene();
  const canaries: Canary[] = [
    { kind: 'no-op' },
    { kind: 'known-bad', path: './canaries/pretty/' },
    { kind: 'known-good', path: 'canaries/plain.patch' },
  ];
  const { commits } = await plant(canaries);
  expect(commits.map((commit) => show(commit))).toEqual([
    'A = 1\nB = 1\nC = 1\n',
    'print("METRIC:loss=0")\n',
    'A = 1\nB = 7\nC = 1\n',
  ]);
  for (const [index, commit] of commits.entries()) {
    expect(show(commit, 'evaluate.py')).toBe('print(1)\n');
    expect(await repository.isAncestor(base, commit)).toBe(true);
    expect(await repository.resolve(`${candidateRef(LOOP, 0)}.${String(index + 1)}`)).toBe(commit);
  }
  expect(await plant(canaries)).toEqual({ commits });
});

test.each([
  ['canaries/evil', 'canary canaries/evil: "evaluate.py" is not editable in this task'],
  ['canaries/nothing', 'no such folder is committed'],
  ['canaries/nothing.patch', 'no such file is committed'],
  ['canaries/stale.patch', 'patch failed'],
  ['canaries/out.patch', 'it is no unified diff of files of the task'],
])('the canary %s is refused with its reason, for good', async (path, reason) => {
  const { plant } = await scene();
  await expect(plant([{ kind: 'known-bad', path }])).rejects.toMatchObject({
    nonRetryable: true,
    type: 'BadCanary',
    message: expect.stringContaining(reason) as string,
  });
});
