import { execFileSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { TransferReport } from '../../src/domain/transfer/transfer-report.js';
import { startDeviceHost } from '../support/device-host.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';

let engine: TestEngine;
const homes: string[] = [];
const children: ChildProcess[] = [];

const startHost = (name: string): void => {
  const home = mkdtempSync(join(tmpdir(), `autolift-host-${name}-`));
  homes.push(home);
  children.push(startDeviceHost(engine, name, home));
};

/** WIDE pays on every class; CACHE is worth nothing where the device has none. */
const TASK = {
  'train.sh': 'WIDE=531\nCACHE=77\n',
  'task.yaml': `name: two
editable: [train.sh]
run: { command: ". ./train.sh; [ $AUTOLIFT_DEVICE = big ] && CACHE=0; echo METRIC:x=$((WIDE + CACHE))", budget: 30s }
measure: { metric: { name: x, direction: minimize } }
acceptance: { rule: strict }
budget: { experiments: 40 }
`,
};

let folder: string;

beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '1' });
  await engine.up();
  folder = repositoryWith(TASK);
  const said = await engine.autolift('run', folder, '--tag', 't', '--plain');
  expect([said.code, said.stderr]).toEqual([0, expect.any(String)]);
}, 300_000);

afterAll(async () => {
  for (const { pid } of children) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  await engine.close();
  for (const home of homes) rmSync(home, { recursive: true, force: true });
}, 60_000);

const record = async (): Promise<LoopRecord> =>
  JSON.parse((await engine.autolift('export', 'two/t', '--format', 'json')).stdout) as LoopRecord;

/** Which of the two numbers a kept change has changed. */
const lever = (row: LoopRecord['experiments'][number]): string =>
  execFileSync('git', ['-C', folder, 'diff', row.base, row.commit ?? '', '--', 'train.sh'], {
    encoding: 'utf8',
  }).includes('+WIDE')
    ? 'WIDE'
    : 'CACHE';

test('with nobody on the class it says so and waits; when somebody comes each change is told where it holds', async () => {
  const before = await record();
  const planned = await engine.autolift('transfer', 'two/t', '--to', 'big,small', '--plan', '--pairs', '3');
  expect([planned.code, planned.stderr]).toEqual([
    0,
    expect.stringMatching(/budget +at most \d+ runs .*device time/),
  ]);
  const begun = await engine.autolift('transfer', 'two/t', '--to', 'big,small', '--pairs', '3', '--detach');
  expect([begun.code, begun.stderr]).toEqual([
    0,
    expect.stringMatching(/no worker serves big yet; the study waits for one/),
  ]);
  startHost('big');
  startHost('small');
  const done = await engine.autolift('transfer', 'two/t', '--to', 'small,big', '--pairs', '3', '--json');
  expect([done.code, done.stderr]).toEqual([0, '']);
  const report = JSON.parse(done.stdout) as TransferReport;
  const kept = before.experiments.filter(({ experiment, outcome }) => experiment > 0 && outcome === 'keep');
  expect(report.changes.map(({ experiment }) => experiment)).toEqual(
    kept.map(({ experiment }) => experiment),
  );
  const levers = kept.map(lever);
  expect(new Set(levers)).toEqual(new Set(['WIDE', 'CACHE']));
  expect(report.changes.map(({ verdict }) => verdict)).toEqual(
    levers.map((one) => (one === 'WIDE' ? 'holds everywhere' : 'holds on some')),
  );
  expect(report.changes.every(({ classes }) => classes.every(({ pairs }) => pairs === 3))).toBe(true);
  const { transfers = [], ...after } = await record();
  expect(after).toEqual(before);
  expect(new Set(transfers.map(({ run }) => `${run.deviceClass} ${run.origin}`))).toEqual(
    new Set(['big reported', 'small reported']),
  );
}, 300_000);

test("on one class alone a change that is worth nothing there is one of the loop's own; page and terminal say so", async () => {
  const done = await engine.autolift('transfer', 'two/t', '--to', 'big', '--pairs', '4');
  expect([done.code, done.stderr]).toEqual([0, expect.stringContaining('budget')]);
  const shown = await engine.autolift('transfer', 'two/t');
  expect(shown.stdout).toMatch(/#\d+ CACHE .*: holds on some: small; not big\n +big +does not hold +0 %/);
  const page = join(engine.home, 'page.html');
  await engine.autolift('report', 'two/t', '-o', page);
  expect(readFileSync(page, 'utf8')).toMatch(/On other devices[^]*holds everywhere[^]*“Here” is cpu/);
  const other = await engine.autolift('transfer', 'two/t', '--to', 'cpu');
  expect([other.code, other.stderr]).toEqual([
    2,
    expect.stringContaining('the class that the loop itself ran on'),
  ]);
}, 300_000);

test('a loop with the wish has what it kept measured on the other class once it has ended', async () => {
  const wish = `${TASK['task.yaml'].replace('name: two', 'name: wish')}transfer: { to: big, pairs: 3 }\n`;
  const said = await engine.autolift(
    'run',
    repositoryWith({ ...TASK, 'task.yaml': wish }),
    '--tag',
    't',
    '--plain',
  );
  expect(said.code).toBe(0);
  const done = await engine.autolift('transfer', 'wish/t', '--json');
  const report = JSON.parse(done.stdout) as TransferReport;
  expect([...new Set(report.changes.map(({ verdict }) => verdict))].toSorted()).toEqual([
    'holds everywhere',
    'only here',
  ]);
}, 300_000);
