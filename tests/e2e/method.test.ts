import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { engineState } from '../../src/embedded/index.js';
import { openLedger } from '../../src/storage/ledger/index.js';
import { databaseUrl } from '../../src/workers/database-url.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  await engine.up();
}, 300_000);
afterAll(() => engine.close(), 120_000);

const KNOBS = 8;
const EXPERIMENTS = 2 * KNOBS;

const task = (name: string, method: Record<string, string> = {}): string =>
  repositoryWith({
    'train.py': Array.from({ length: KNOBS }, (_, i) => `K${String(i)} = 0.${String(i + 1)}1\n`).join(''),
    'task.yaml': [
      `name: ${name}`,
      'editable: [train.py]',
      'run: { command: "sleep 0.3; echo METRIC:x=5", budget: 5s }',
      'measure: { metric: { name: x, direction: minimize } }',
      'acceptance: { rule: strict }',
      `budget: { experiments: ${String(EXPERIMENTS)} }`,
    ].join('\n'),
    ...method,
  });

const recordOf = async (loop: string): Promise<LoopRecord> => {
  const ledger = await openLedger(databaseUrl(engine.settings));
  const record = await ledger.record(loop);
  await ledger.close();
  if (record === null) throw new Error(`there is no loop ${loop}`);
  return record;
};

const started = (stdout: string): string =>
  (JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { loop: string }).loop;

const killControl = (): void => {
  const worker = engineState(engine.settings).services.find(({ name }) => name.startsWith('control'));
  if (worker?.pid !== undefined) process.kill(worker.pid, 'SIGKILL');
};

const ended = async (loop: string): Promise<LoopStatus> => {
  for (;;) {
    const { stdout, code } = await engine.autolift('status', loop, '--json');
    const status = code === 0 ? (JSON.parse(stdout) as LoopStatus) : null;
    if (status?.phase === 'done') return status;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
};

/** The knobs that a loop has moved, and how; a sweep takes each up and down once. */
const swept = ({ experiments }: LoopRecord): string[] =>
  experiments.flatMap(({ steering }) => (steering?.moves ?? []).map((move) => JSON.stringify(move))).sort();

test('a loop under a mechanism survives kill -9 of the control worker, and its method works on another task', async () => {
  const repository = task('swept', {
    'method/process/process.yaml': 'ahead: 0\n',
    'method/process/mechanism.js': readFileSync('mechanisms/sweep.js', 'utf8'),
  });
  const run = await engine.autolift('run', repository, '--method', repository, '--detach', '--json');
  // told only where the gates take a while
  expect(run.stderr).toMatch(/^(?: {2}asks the gates about .*mechanism\.js …\n)?$/);
  expect(run.code).toBe(0);
  const loop = started(run.stdout);
  for (let kill = 0; kill < 2; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 2500));
    killControl();
  }
  const status = await ended(loop);
  const record = await recordOf(loop);
  const numbers = record.experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: EXPERIMENTS + 1 }, (_, i) => i));
  expect(record.experiments.filter(({ proposer }) => proposer === 'mechanism').length).toBe(EXPERIMENTS);
  // what it knows of its past went through the kills: no move is made twice, and none is left out
  expect(new Set(swept(record)).size).toBe(EXPERIMENTS);
  expect(status.method).toMatchObject({
    mechanism: { name: 'sweep', nonIdentity: EXPERIMENTS, complied: EXPERIMENTS, faults: [] },
  });
  expect((await engine.autolift('status', loop)).stdout).toContain('sweep asked 16 times');

  const exported = join(mkdtempSync(join(tmpdir(), 'autolift-method-')), 'best.yaml');
  expect((await engine.autolift('method', 'export', repository, '-o', exported)).code).toBe(0);
  const other = await engine.autolift(
    'run',
    task('other'),
    '--method',
    exported,
    '--experiments',
    '4',
    '--json',
  );
  expect(other.code).toBe(0);
  const again = await recordOf('other/' + (loop.split('/')[1] ?? ''));
  expect(again.loop.input.method?.hash).toBe(record.loop.input.method?.hash);
  expect(new Set(swept(again)).size).toBe(4);
}, 600_000);
