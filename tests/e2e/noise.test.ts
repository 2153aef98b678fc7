import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NoiseReport } from '../../src/domain/noise/noise-report.js';
import type { Replay } from '../../src/domain/replay/replayed.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

/** A metric whose seed decides most of it; a private part comes from the clock. */
const NOISY = `import os, random, time
shared = random.Random(int(os.environ["AUTOLIFT_SEED"])).gauss(0, 1)
private = random.Random(time.time_ns()).gauss(0, 0.2)
print(f"METRIC:x={100 + shared + private}")
`;

const task = (name: string, code: string, acceptance = 'rule: strict'): string =>
  repositoryWith({
    'train.py': code,
    'knobs.py': 'A = 5\nB = 77\n',
    'task.yaml': `name: ${name}
editable: [knobs.py]
run: { command: python3 train.py, budget: 30s }
measure: { metric: { name: x, direction: minimize } }
proposer: { kind: command, command: no-such-agent }
acceptance: { ${acceptance} }
budget: { experiments: 12, wallClock: 10m }
concurrency: 2
`,
  });

test('a noisy task is measured by real runs, and a rule that looks at one run is told what it keeps', async () => {
  const folder = task('noisy', NOISY);
  const said = await engine.autolift(
    'noise',
    folder,
    '--repeats',
    '12',
    '--self-test',
    '--real',
    '6',
    '--json',
  );
  expect(said.stderr + String(said.code)).toBe('1');
  const report = JSON.parse(said.stdout) as NoiseReport;
  const [cpu] = report.study.classes;
  expect(cpu).toMatchObject({ device: 'cpu', runs: 24, failed: 0, seeds: 12, still: false });
  expect(cpu?.sigma).toBeGreaterThan(0.3);
  expect(cpu?.shared?.rho).toBeGreaterThan(0.5);
  expect(report.recommendation.acceptance).toMatchObject({ rule: 'branch+promote', repeats: 10 });
  expect(report.recommendation.smallest).toBeGreaterThan(0);
  expect(report.selfTest?.simulated.rate).toBeGreaterThan(0.3);
  expect(report.selfTest?.real?.clones).toBe(6);
  expect(report.selfTest?.instead?.rate).toBeLessThan(0.1);

  const saved = join(engine.home, 'reports', 'noisy', 'noise.json');
  expect((JSON.parse(readFileSync(saved, 'utf8')) as NoiseReport).result.runs).toHaveLength(24);
  const again = await engine.autolift('noise', folder, '--from', saved);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('Runs of one seed are alike');
});

test('a metric without noise is recognised after three seeds', async () => {
  const folder = task('still', 'print("METRIC:x=3")\n');
  const { code, stdout } = await engine.autolift('noise', folder, '--self-test');
  expect(code).toBe(0);
  expect(stdout).toMatch(/No noise: (6 runs on 3|8 runs on 4) seeds, every one 3\./);
  expect(stdout).toContain('acceptance: { rule: strict, repeats: 3 }');
});

test('an artifact without a score is told as a mistake', async () => {
  const folder = task('mute', 'print("nothing")\n');
  const { code, stderr } = await engine.autolift('noise', folder);
  expect(code).toBe(2);
  expect(stderr).toContain('the unchanged artifact ended as no_metric');
});

test('a loop of the ledger is replayed under its own rule and under another', async () => {
  const folder = repositoryWith({
    'train.sh': 'A=531\nB=77\nC=1903\n',
    'task.yaml': `name: counted
editable: [train.sh]
run: { command: ". ./train.sh; echo METRIC:x=$((A + B + C))", budget: 30s }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict, falseKeeps: 1 }
budget: { experiments: 15 }
`,
  });
  expect((await engine.autolift('run', folder, '--tag', 'r', '--json')).code).toBe(0);
  const own = await engine.autolift('replay', 'counted/r', '--json');
  expect(own.stderr + String(own.code)).toBe('0');
  const replayed = JSON.parse(own.stdout) as Replay;
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
  expect(replayed.kept).toBeGreaterThan(0);
  const confirmed = await engine.autolift('replay', 'counted/r', '--rule', 'confirm');
  expect(confirmed.code).toBe(0);
  expect(confirmed.stdout).toContain(`${String(replayed.kept)} unknown`);
});
