import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { forkPointIn } from '../../../src/cli/fork-point.js';
import { planEpoch } from '../../../src/cli/epoch/plan-epoch.js';
import type { LoopRecord } from '../../../src/contract/ledger.js';
import type { Canary } from '../../../src/contract/canary-schema.js';
import { openRepository } from '../../../src/storage/git/repository.js';
import { repositoryWith } from '../../support/engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { loopRecord } from '../../support/loop-record.js';

const TASK = `name: toy
editable: [train.py]
run: { command: python3 train.py, budget: 10 }
measure: { command: python3 measure.py, metric: { name: loss, direction: minimize } }
`;

/** A record of a loop that ran in a repository, with these canaries. */
const scene = async (canaries: Canary[]) => {
  const folder = repositoryWith({ 'train.py': 'x = 1\n', 'measure.py': '', 'task.yaml': TASK });
  const repository = await openRepository(folder);
  const head = (await repository.resolve('HEAD')) ?? '';
  const { task, source } = loopInput(
    'toy/a',
    taskWith({
      canaries,
      measure: { command: 'python3 measure.py', metric: { name: 'loss', direction: 'minimize' } },
    }),
  );
  const sample = loopRecord({ experiments: 3 });
  const experiments = sample.experiments.map((row) => ({ ...row, commit: head, branchCommit: head }));
  const at = { ...source, repository: folder, baseCommit: head, evaluatorCommit: head, evaluatorHash: 'old' };
  const input = { ...sample.loop.input, loop: 'toy/a', tag: 'a', task, source: at };
  const record: LoopRecord = { ...sample, loop: { ...sample.loop, loop: 'toy/a', input }, experiments };
  const commit = (files: Record<string, string>): void => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    execFileSync('git', ['-C', folder, 'add', '-A']);
    execFileSync('git', ['-C', folder, '-c', 'user.name=u', '-c', 'user.email=u@x', 'commit', '-qm', 'v2']);
  };
  return { record, commit };
};

test('a fork whose canary is not committed is refused before anything is started', async () => {
  const missing = await scene([{ kind: 'known-bad', path: 'canaries/gone' }]);
  await expect(forkPointIn(missing.record, 0)).rejects.toThrow(
    'toy/a: canaries[0].path: no folder canaries/gone is committed',
  );
  const plain = await scene([{ kind: 'no-op' }]);
  expect((await forkPointIn(plain.record, 0)).forkedFrom.experiment).toBe(0);
});

test('an epoch whose new task names a canary that is not committed is refused before its bridge is built', async () => {
  const { record, commit } = await scene([{ kind: 'no-op' }]);
  const canary = 'canaries: [{ kind: known-bad, path: canaries/bad }]\n';
  commit({ 'measure.py': 'print(1)\n', 'task.yaml': TASK + canary });
  await expect(planEpoch(record, { ref: 'HEAD', python: null })).rejects.toThrow(
    'HEAD: task.yaml: canaries[0].path: no folder canaries/bad is committed',
  );
  commit({ 'canaries/bad/train.py': 'x = 2\n' });
  expect((await planEpoch(record, { ref: 'HEAD', python: null })).input.epoch).toBe(2);
});
