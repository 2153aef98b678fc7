import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { LoopResult } from '../../src/contract/loop.js';
import { readState } from '../../src/embedded/engine-state.js';
import { engineState } from '../../src/embedded/index.js';
import { openLedger } from '../../src/storage/ledger/index.js';
import { databaseUrl } from '../../src/workers/database-url.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 300_000);
afterAll(() => engine.close(), 120_000);

const EXPERIMENTS = 40;

const task = (name: string): string =>
  repositoryWith({
    'train.py': 'A = 0.31\nB = 5.7\nC = 19.3\nD = 777.1\n',
    'task.yaml': [
      `name: ${name}`,
      'editable: [train.py]',
      'run: { command: "sleep 0.4; . ./train.py 2>/dev/null; cksum train.py | cut -c1-3 | sed s/^/METRIC:x=/", budget: 5s }',
      'measure: { metric: { name: x, direction: minimize } }',
      'acceptance: { rule: strict }',
      'concurrency: 2',
      `budget: { experiments: ${String(EXPERIMENTS)} }`,
    ].join('\n'),
  });

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const kill = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it was dead already
  }
};

const killByName = (names: string[]): void => {
  if (names.includes('keeper')) kill(readState(engine.home)?.keeper.pid);
  for (const { name, pid } of engineState(engine.settings).services) {
    if (names.some((wanted) => name.startsWith(wanted))) kill(pid);
  }
};

const resultOf = async (loop: string): Promise<LoopResult> => {
  for (;;) {
    try {
      const connection = await Connection.connect(engine.settings.temporal.connection);
      const client = new Client({ connection });
      const result = (await client.workflow.getHandle(loop).result()) as LoopResult;
      await connection.close();
      return result;
    } catch {
      await sleep(1000);
    }
  }
};

const expectAgreement = async (loop: string, repository: string, result: LoopResult): Promise<void> => {
  const ledger = await openLedger(databaseUrl(engine.settings));
  try {
    const record = await ledger.record(loop);
    const numbers = record?.experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: EXPERIMENTS + 1 }, (_, i) => i));
    expect(result.spent.experiments).toBe(EXPERIMENTS);
    const keeps = record?.experiments.filter(({ outcome }) => outcome === 'keep') ?? [];
    const last = keeps.sort((a, b) => a.settledAt - b.settledAt).at(-1);
    const branch = `autoresearch/${loop.split('/')[1] ?? ''}`;
    const tip = execFileSync('git', ['-C', repository, 'rev-parse', branch], { encoding: 'utf8' }).trim();
    expect(last?.branchCommit).toBe(tip);
    expect(result.incumbent?.branchCommit).toBe(tip);
    expect(result.incumbent?.experiment).toBe(last?.experiment);
    const refs = execFileSync('git', ['-C', repository, 'for-each-ref', `refs/autolift/${loop}`], {
      encoding: 'utf8',
    });
    const candidates = record?.experiments.filter(
      ({ commit, experiment }) => commit !== null && experiment > 0,
    );
    expect(refs.trim().split('\n').length).toBe(candidates?.length);
  } finally {
    await ledger.close();
  }
};

test.each([
  ['control worker', ['control'], 3],
  ['device worker', ['device'], 2],
  ['Temporal server', ['temporal'], 2],
  ['PostgreSQL', ['postgres'], 2],
  ['everything at once, the keeper too', ['keeper', 'control', 'device', 'temporal', 'postgres'], 1],
])(
  'kill -9 of the %s in a 40-experiment loop loses nothing and counts nothing twice',
  async (what, names, times) => {
    const repository = task(`kill-${names.length > 1 ? 'all' : (names[0] ?? '')}`);
    const { stdout, code, stderr } = await engine.autolift('run', repository, '--detach', '--json');
    expect(stderr + String(code)).toBe('0');
    const { loop } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { loop: string };
    for (let i = 0; i < times; i++) {
      await sleep(1500 + Math.random() * 1500);
      killByName(names);
      if (!what.includes('everything')) continue;
      await sleep(500);
      await engine.up();
    }
    await expectAgreement(loop, repository, await resultOf(loop));
  },
  600_000,
);
