import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

const EVALUATE = `import os, re
text = open(os.path.join(os.environ["AUTOLIFT_CANDIDATE"], "train.py")).read()
values = [float(v) for v in re.findall(r"^[AB] = ([-+.0-9eE]+)", text, re.M)]
score = sum((v - 1) ** 2 for v in values)
print(f"METRIC:loss={score:.9f}")
`;
const PATCH = `--- a/train.py
+++ b/train.py
@@ -1,2 +1,2 @@
-A = 3.0
+A = 1.5
 B = 2.0
`;

const taskFolder = (name: string, more: string, evaluate = EVALUATE): string =>
  repositoryWith({
    'train.py': 'A = 3.0\nB = 2.0\n',
    'evaluate.py': evaluate,
    'canaries/pretty/train.py': 'A = 9.0\nB = 9.0\nprint("METRIC:loss=0")\n',
    'canaries/plain.patch': PATCH,
    'task.yaml': `name: ${name}
editable: [train.py]
run: { command: python3 train.py, budget: 30s }
measure: { command: python3 evaluate.py, metric: { name: loss, direction: minimize } }
budget: { experiments: 48 }
concurrency: 2
${more}
`,
  });

const change = (folder: string, from: string, to: string): void => {
  const file = join(folder, 'evaluate.py');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qam', to]);
};

test('a loop whose rule would keep too many copies refuses to start, and keeps what it measured', async () => {
  const noise = 'import time, random\nscore += random.Random(time.time_ns()).gauss(0, 1)\nprint(';
  const folder = taskFolder(
    'shaky',
    'acceptance: { rule: strict, falseKeeps: 0.2 }',
    EVALUATE.replace('print(', noise),
  );
  const { code, stderr } = await engine.autolift('run', folder, '--tag', 'a');
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /A\/A self-test: strict would keep \d+ % .* 20 % is accepted \(acceptance\.falseKeeps\)/,
  );
  expect(stderr).toContain('rule: branch+promote (');
  const record = JSON.parse((await engine.autolift('export', 'shaky/a', '--json')).stdout) as LoopRecord;
  expect(record.experiments).toHaveLength(1);
  expect(record.experiments[0]).toMatchObject({ experiment: 0, outcome: 'keep' });
  expect(record.experiments[0]?.measurements).toHaveLength(3);
});

test('a changed evaluator starts an epoch once it is bridged, and is refused where it is another scale', async () => {
  const canaries =
    'canaries: [{ kind: known-bad, path: canaries/pretty }, { kind: known-good, path: canaries/plain.patch }]';
  const folder = taskFolder('toy', `acceptance: { rule: strict }\n${canaries}`);
  const first = await engine.autolift('run', folder, '--tag', 'one');
  expect(first.code + first.stderr).toBe('0');
  const same = await engine.autolift('epoch', 'toy/one');
  expect(same.code).toBe(2);
  expect(same.stderr).toContain('is the one that the loop has');

  change(folder, '{score:.9f}', '{score * 1.00000001:.9f}');
  const next = await engine.autolift('epoch', 'toy/one', '--tag', 'two', '--experiments', '2');
  expect(next.stdout).toContain('Epoch 2 of toy/one: accepted: one scale');
  expect(next.code).toBe(0);
  const record = JSON.parse((await engine.autolift('export', 'toy/two', '--json')).stdout) as LoopRecord;
  expect(record.loop.input.epoch).toMatchObject({ number: 2, previous: 'toy/one', decision: 'continue' });
  expect(record.experiments.find(({ experiment }) => experiment === 0)?.reason).toContain(
    '3 of 3 canaries sing',
  );
  expect((await engine.autolift('status', 'toy/two')).stdout).toContain('2 of its evaluator');
  expect((await engine.autolift('loops')).stdout).toContain('(epoch 2)');

  change(folder, '(v - 1) ** 2', '(v - 1.4) ** 2');
  const drifted = await engine.autolift('epoch', 'toy/one');
  expect(drifted.code).toBe(1);
  expect(drifted.stdout).toMatch(/another scale|not shown to be one scale/);
  expect(drifted.stdout).toContain('--new-scale');

  // swap: the artifacts of before are paid more by far, and no loop has begun under that evaluator
  change(folder, '(v - 1.4) ** 2 for v in values)', '(v - 1) ** 2 for v in values) - 1e6');
  const swapped = await engine.autolift('epoch', 'toy/one');
  expect(swapped.code).toBe(1);
  const told = (await engine.autolift('status', 'toy/one')).stdout;
  expect(told).toMatch(/alarm\s+evaluator-capture[^]*invalid: evaluator-drift/);
  expect((await engine.autolift('status', 'toy/two')).stdout).not.toContain('alarm');
  const { experiments } = JSON.parse(
    (await engine.autolift('export', 'toy/one', '--json')).stdout,
  ) as LoopRecord;
  const hashes = experiments.flatMap(({ measurements }) =>
    measurements.map(({ evaluatorHash }) => evaluatorHash),
  );
  expect(new Set(hashes).size).toBe(1);
  expect((await engine.autolift('loops')).stdout).not.toContain('(epoch 3)');

  const again = await engine.autolift('run', folder, '--tag', 'fresh', '--experiments', '1');
  expect(again.stderr).toContain(
    "another evaluator than in toy/two (the protected files have changed): scores of the two can't be compared",
  );
});

test('a module that the evaluator imports is edited in the middle pauses the loop, and an epoch goes on', async () => {
  // not below /tmp, of which a run has its own, nor in what the task reads: installed, as a person does it
  const venv = mkdtempSync('/var/tmp/autolift-venv-');
  onTestFinished(() => {
    rmSync(venv, { recursive: true });
  });
  const scorer = join(venv, 'lib', 'python3.11', 'site-packages', 'scorer.py');
  for (const place of [dirname(scorer), join(venv, 'bin')]) mkdirSync(place, { recursive: true });
  writeFileSync(scorer, 'SCALE = 1.0\n');
  symlinkSync(execFileSync('which', ['python3'], { encoding: 'utf8' }).trim(), join(venv, 'bin', 'python3'));
  writeFileSync(join(venv, 'pyvenv.cfg'), 'home = /usr/bin\n');
  const load = `import runpy; SCALE = runpy.run_path("${scorer}")["SCALE"]`;
  const folder = taskFolder('lab', 'acceptance: { rule: strict }', `${load}\n${EVALUATE}`);
  change(folder, '{score:.9f}', '{score * SCALE:.9f}');
  const task = join(folder, 'task.yaml');
  const yaml = readFileSync(task, 'utf8').replace('python3 evaluate.py', `${venv}/bin/python3 evaluate.py`);
  writeFileSync(task, yaml.replace('experiments: 48', 'experiments: 4000'));
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qam', 'lab']);

  const begun = await engine.autolift('run', folder, '--tag', 'one', '--detach');
  expect(begun.code + begun.stderr).toBe('0');
  const look = async () =>
    JSON.parse((await engine.autolift('status', 'lab/one', '--json')).stdout) as LoopStatus;
  await expect.poll(async () => (await look()).spent.experiments, { timeout: 60_000 }).toBeGreaterThan(3);
  writeFileSync(scorer, 'SCALE = 0.000001\n');
  await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
  const { note } = await look();
  expect(note).toMatch(/the environment of the evaluator on \S+ \(scorer\.py\) changed since the loop began/);
  await engine.autolift('stop', 'lab/one', '--cancel');
  await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('done');

  const next = await engine.autolift('epoch', 'lab/one', '--tag', 'two', '--experiments', '2', '--new-scale');
  expect(next.stdout).toContain('Epoch 2 of lab/one');
  expect(next.code).toBe(0);
});
