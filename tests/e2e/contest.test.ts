import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection } from '@temporalio/client';
import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopResult, LoopStatus } from '../../src/contract/loop.js';
import { fromRecord } from '../../src/domain/replay/from-record.js';
import { replay } from '../../src/domain/replay/replay.js';
import { openLedger } from '../../src/storage/ledger/index.js';
import { databaseUrl } from '../../src/workers/database-url.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { killAll } from '../support/kill-all.js';
import { pairsIn } from '../support/pairs-in.js';
import { runsAsked, type AskedRun } from '../support/runs-asked.js';

let engine: TestEngine;
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(() => engine.close(), 60_000);

/** Smaller A and B are better, the seed adds noise, and less than the whole budget flatters. */
const SCORE =
  'awk -v seed=$AUTOLIFT_SEED -v share=${AUTOLIFT_FIDELITY:-1} \'BEGIN { srand(seed + 77) } /^[AB]/ { x += log($3 < 0 ? 9 : $3 + 0.01) } END { print "METRIC:x=" x + rand() / 3 - 20 * (1 - share) }\' knobs.py';

const taskOf = (rule: string, options: string): string =>
  [
    `name: ${rule}`,
    'editable: [knobs.py]',
    `run: { command: ${JSON.stringify(SCORE)}, budget: 5s }`,
    'measure: { metric: { name: x, direction: minimize } }',
    `acceptance: { rule: ${rule}, ${options} }`,
    'concurrency: 2',
    'budget: { experiments: 8 }',
    '',
  ].join('\n');

test.each([
  ['race', 'arms: 4, nmax: 12', 'Race: 4 candidates'],
  ['halving', 'arms: 4, pulls: 16', 'Successive halving: of 4'],
  ['hyperband', 'eta: 2, rungs: 2', 'Hyperband: of many'],
])(
  'a noisy task runs under %s, its record replays, and the report says what a keep is worth',
  async (rule, options, words) => {
    const folder = repositoryWith({
      'task.yaml': taskOf(rule, options),
      'knobs.py': 'A = 0.31\n\n\nB = 5.7\n\n\n',
    });
    const said = await engine.autolift('run', folder, '--json');
    expect(said.stderr + String(said.code)).toMatch(/0$/);
    const ended = JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '') as LoopStatus & { report: string };
    const exported = await engine.autolift('export', ended.loop, '--format', 'json');
    const { experiments } = JSON.parse(exported.stdout) as LoopRecord;
    const numbers = experiments.map(({ experiment }) => experiment).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 9 }, (_, n) => n));
    const kept = experiments.filter(({ outcome, experiment }) => outcome === 'keep' && experiment > 0);
    expect(ended.incumbent?.experiment).toBe(kept.at(-1)?.experiment ?? 0);
    for (const { reason } of kept) expect(reason).toMatch(/e-value .* at most 5 % of times/);
    // a part of the budget flatters by 10: no such value is anybody's score
    const values = experiments.flatMap(({ value }) => (value === null ? [] : [value]));
    expect(Math.min(...values)).toBeGreaterThan(-9.5);
    expect(readFileSync(ended.report, 'utf8')).toContain(words);
    const replayed = await engine.autolift('replay', ended.loop);
    expect(replayed.stdout + String(replayed.code)).toMatch(/0$/);
  },
);

/** Whatever differs from the committed file is better by 1 on every seed, so that a verdict takes PAIRS of them. */
const STEP =
  'sleep 0.1; awk -v seed=$AUTOLIFT_SEED \'BEGIN { srand(seed + 77) } /^A = 0.31$/ { x = 1 } END { print "METRIC:x=" x + rand() / 9 }\' knobs.py';

/** Of pairs that all gain 1, bet with a bound of 2 wants so many before its e-value passes 20. */
const PAIRS = 12;

const pairedTask = ([rule, options, experiments]: readonly [string, string, number]): string =>
  [
    `name: killed-${rule.replace('+', '-')}`,
    'editable: [knobs.py]',
    `run: { command: ${JSON.stringify(STEP)}, budget: 5s }`,
    'measure: { metric: { name: x, direction: minimize } }',
    `acceptance: { rule: ${rule}, ${options}, evidence: bet, bound: 2, repeats: 3 }`,
    'concurrency: 2',
    `budget: { experiments: ${String(experiments)} }`,
    '',
  ].join('\n');

const start = async (task: string): Promise<string> => {
  const folder = repositoryWith({ 'task.yaml': task, 'knobs.py': 'A = 0.31\n' });
  const said = await engine.autolift('run', folder, '--detach', '--json');
  expect(said.stderr + String(said.code)).toBe('0');
  return (JSON.parse(said.stdout.trim().split('\n').at(-1) ?? '{}') as { loop: string }).loop;
};

const withTemporal = async <T>(use: (client: Client) => Promise<T>): Promise<T> => {
  const { connection: options, namespace } = engine.settings.temporal;
  const connection = await Connection.connect(options);
  try {
    return await use(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
};

const inTheMiddle = (runs: readonly AskedRun[]): boolean =>
  runs.filter(({ role, attempts }) => role === 'incumbent' && attempts > 0).length >= 2;

test('kill -9 of everything in the middle of verdicts that take many pairs: none is lost, run twice, or judged otherwise', async () => {
  const loops = await Promise.all([
    start(pairedTask(['sprt', 'mde: 1', 1])),
    start(pairedTask(['halving', 'arms: 2, pulls: 4', 2])),
    start(pairedTask(['branch+promote', 'every: 1, margin: 0', 2])),
  ]);
  const asked = (client: Client) => Promise.all(loops.map((loop) => runsAsked(client, loop)));
  await withTemporal(async (client) => {
    while (!(await asked(client)).every(inTheMiddle)) await sleep(50);
  });
  killAll(engine);
  await engine.up();

  const { results, runs } = await withTemporal(async (client) => ({
    results: await Promise.all(
      loops.map((loop) => client.workflow.getHandle(loop).result() as Promise<LoopResult>),
    ),
    runs: await asked(client),
  }));
  expect(runs.flat().some(({ attempts }) => attempts > 1)).toBe(true);
  const ledger = await openLedger(databaseUrl(engine.settings));
  const records = await Promise.all(loops.map((loop) => ledger.record(loop)));
  await ledger.close();
  for (const [at, record] of records.entries()) {
    const experiments = record?.experiments ?? [];
    const kept = experiments.filter(({ outcome, experiment }) => outcome === 'keep' && experiment > 0);
    expect(kept.map(({ reason }) => reason)).toEqual([expect.stringContaining(`over ${String(PAIRS)} `)]);
    expect(kept.flatMap(pairsIn).map(({ gain }) => gain)).toEqual(
      Array.from({ length: PAIRS }, () => expect.closeTo(1, 3) as number),
    );

    const measured = experiments.flatMap(({ experiment, measurements }) =>
      measurements.map((run) => ({ ...run, key: `${String(experiment)}/${run.role}/${String(run.index)}` })),
    );
    const keys = measured.map(({ key }) => `${loops[at] ?? ''}/${key}`).sort();
    expect(keys).toEqual(runs[at]?.map(({ key }) => key).sort());
    expect(new Set(keys).size).toBe(keys.length);
    const seconds = measured.reduce((sum, { deviceSeconds }) => sum + deviceSeconds, 0);
    expect(results[at]?.spent.deviceSeconds).toBeCloseTo(seconds, 6);
    const again = record === null ? null : fromRecord(record);
    expect(again?.acceptance && replay(again, again.acceptance)).toMatchObject({ changed: [], unknown: 0 });
  }
});
