import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

/** Smaller A, B and C are better, D means nothing, and the seed adds noise. */
const SCORE =
  'awk -v seed=$AUTOLIFT_SEED \'BEGIN { srand(seed + 77) } /^[ABC]/ { x += log($3 < 0 ? 9 : $3 + 0.01) } END { print "METRIC:x=" x + rand() / 3 }\' knobs.py';

const TASK = [
  'name: branches',
  'editable: [knobs.py]',
  `run: { command: ${JSON.stringify(SCORE)}, budget: 5s }`,
  'measure: { metric: { name: x, direction: minimize } }',
  'acceptance: { rule: branch+promote, every: 6, margin: 0.15 }',
  'concurrency: 2',
  'budget: { experiments: 21 }',
  '',
].join('\n');

test('a noisy task runs on a branch, and only promotions reach the branch that a person merges', async () => {
  const folder = repositoryWith({
    'task.yaml': TASK,
    'knobs.py': 'A = 0.31\n\n\nB = 5.7\n\n\nC = 19.3\n\n\nD = 777.1\n',
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  const said = await engine.autolift('run', folder, '--json');
  expect(said.code).toBe(0);
  const ended = JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '') as LoopStatus & { report: string };
  const exported = await engine.autolift('export', ended.loop, '--format', 'json');
  const { experiments } = JSON.parse(exported.stdout) as LoopRecord;
  const numbers = experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 22 }, (_, n) => n));

  const provisional = experiments.filter(({ outcome }) => outcome === 'provisional');
  const promotions = experiments.filter(({ proposer }) => proposer === 'promotion');
  const kept = experiments.filter(({ outcome, experiment }) => outcome === 'keep' && experiment > 0);
  expect(provisional.length).toBeGreaterThan(0);
  expect(promotions.length).toBeGreaterThan(0);
  expect(kept.every((row) => promotions.includes(row))).toBe(true);
  expect(git('rev-parse', ended.branch)).toBe(kept.at(-1)?.branchCommit ?? git('rev-parse', 'HEAD'));
  expect(ended.incumbent?.experiment).toBe(kept.at(-1)?.experiment ?? 0);
  expect(git('rev-parse', `refs/autolift/${ended.loop}/head`)).toMatch(/^[0-9a-f]{40}$/);
  expect(readFileSync(ended.report, 'utf8')).toContain('Branch and promote');

  const number = String(provisional[0]?.experiment);
  const forked = await engine.autolift('fork', ended.loop, number, '--experiments', '1', '--json');
  expect(forked.stderr + String(forked.code)).toBe('0');
});
