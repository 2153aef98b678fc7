import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopStatus } from '../../src/contract/loop.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { until } from '../support/until.js';

let engine: TestEngine;
let folder: string;
const LOOP = 'waits/t1';
const MESSAGES = [
  ['pause'],
  ['resume'],
  ['stop'],
  ['steer', 'a hint'],
  ['budget', '--experiments', '90'],
  ['approve', '3'],
  ['reject', '3'],
];

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  await engine.up();
  folder = repositoryWith({
    'train.sh': 'A=531\nB=77\n',
    'task.yaml': `name: waits
editable: [train.sh]
run: { command: "sleep 0.5; . ./train.sh; echo METRIC:x=$((A + B))", budget: 300s }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict }
budget: { experiments: 500 }
`,
  });
  const said = await engine.autolift('run', folder, '--plain', '--tag', 't1', '--detach');
  expect(said.code).toBe(0);
  await until(status, ({ spent }) => spent.experiments >= 1);
}, 120_000);
afterAll(() => engine.close(), 60_000);

type Told = LoopStatus & { missing: { kind: string; fix: string } | null; notices: string[] };

const status = async (): Promise<Told> =>
  JSON.parse((await engine.autolift('status', LOOP, '--json')).stdout) as Told;

interface Kept {
  keeper: { pid: number };
  services: Record<string, { pid: number }>;
}

/** Kills the keeper first: it would start the others again. */
const kill = (...names: string[]): void => {
  const state = JSON.parse(readFileSync(join(engine.home, 'run/state.json'), 'utf8')) as Kept;
  const pids = [state.keeper.pid, ...names.map((name) => state.services[name]?.pid ?? 0)];
  for (const pid of pids) process.kill(pid, 'SIGKILL');
};

test('without a control worker status tells what the ledger knows and what starts one; messages are not sent', async () => {
  kill('control');
  const shown = await engine.autolift('status', LOOP);
  expect([shown.code, shown.stdout]).toEqual([0, expect.stringContaining('no control worker is running')]);
  expect(shown.stdout).toMatch(/608/);
  const doctor = await engine.autolift('doctor');
  expect(doctor.stdout).toMatch(/! workers +no control worker is running.*\n.*`autolift up` starts it/);
  const told = await status();
  expect(told.missing).toMatchObject({ kind: 'control', fix: '`autolift up` starts it.' });
  expect(told.spent.experiments).toBeGreaterThanOrEqual(1);
  for (const [word = '', ...rest] of MESSAGES) {
    const { code, stderr } = await engine.autolift(word, LOOP, ...rest);
    expect([word, code, stderr]).toEqual([
      word,
      3,
      expect.stringMatching(
        /nothing was sent: no control worker is running; nothing is lost.*\n.*autolift up/,
      ),
    ]);
  }

  await engine.up();
  const after = await until(
    status,
    ({ missing, spent }) => missing === null && spent.experiments > told.spent.experiments,
  );
  expect([after.phase, after.hints, after.budget.experiments]).toEqual(['running', [], 500]);
});

test('without a device worker status names the class that a run waits for', async () => {
  kill('device-1');
  const told = await until(status, ({ missing }) => missing?.kind === 'device');
  expect(told.notices.join()).toMatch(/no worker serves the device class cpu.*autolift up/);
  await engine.up();
  const before = (await status()).spent.experiments;
  await until(status, ({ missing, spent }) => missing === null && spent.experiments > before);
});

test('with everything down each command says so with code 3, and `up` is all that a loop needs to go on', async () => {
  const before = (await status()).spent.experiments;
  kill('control', 'device-1', 'temporal', 'postgres');
  for (const [word = '', ...rest] of [['status'], ['watch'], ['loops'], ...MESSAGES]) {
    const { code, stderr } = await engine.autolift(word, ...(word === 'loops' ? [] : [LOOP]), ...rest);
    expect([word, code, stderr]).toEqual([word, 3, expect.stringMatching(/answers[^]*`autolift up`/)]);
  }
  await engine.up();
  await until(status, ({ spent }) => spent.experiments > before);
});

test('whoever has the branch checked out is told how to look at it instead', async () => {
  await until(status, ({ incumbent }) => (incumbent?.experiment ?? 0) > 0);
  execFileSync('git', ['-C', folder, 'switch', '-q', 'autoresearch/t1']);
  const wanted = /autoresearch\/t1 is checked out in .*git switch --detach.*git worktree add --detach/;
  expect((await status()).notices).toEqual([expect.stringMatching(wanted)]);
  await engine.autolift('pause', LOOP);
  const resumed = await engine.autolift('resume', LOOP);
  expect([resumed.code, resumed.stderr]).toEqual([0, expect.stringMatching(wanted)]);
  execFileSync('git', ['-C', folder, 'switch', '-q', '--detach']);
  expect((await status()).notices).toEqual([]);
  await engine.autolift('stop', LOOP, '--cancel');
});
