import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { planEpoch } from '../../../../src/cli/epoch/plan-epoch.js';
import { loadTask } from '../../../../src/cli/task/load-task.js';
import { preflight } from '../../../../src/cli/task/preflight.js';
import { repositoryWith } from '../../../support/engine.js';
import { loopRecord } from '../../../support/loop-record.js';

const yaml = (command: string, budget: string): string => `name: toy
editable: [train.py]
run: { command: ${command}, budget: ${budget} }
measure: { command: python3 evaluate.py, metric: { name: val_bpb, direction: minimize } }
acceptance: { rule: strict }
`;

test("an epoch reads the loop's own task file, not the task.yaml beside it", async () => {
  const folder = repositoryWith({
    'train.py': 'A = 1\n',
    'evaluate.py': 'print(1)\n',
    'task.yaml': yaml('python3 train.py', '10s'),
    'mlx.yaml': yaml('python3 train.py --mlx', '20s'),
  });
  const options = { home: folder, env: process.env, local: false };
  const record = loopRecord({ seed: 1, experiments: 4 });
  const planFor = async (named: string) => {
    const loaded = await loadTask(join(folder, named));
    const { source } = await preflight(loaded, options);
    writeFileSync(join(folder, 'evaluate.py'), `print("${named}")\n`);
    execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qam', named]);
    const input = { ...record.loop.input, task: loaded.task, source };
    return planEpoch({ ...record, loop: { ...record.loop, input } }, { ref: 'HEAD', python: null });
  };
  const { input: mlx } = await planFor('mlx.yaml');
  expect(mlx.after.task.run).toMatchObject({ command: 'python3 train.py --mlx', budget: 20 });
  const { input: plain } = await planFor('task.yaml');
  expect(plain.after.task.run).toMatchObject({ command: 'python3 train.py', budget: 10 });
});
