import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import type { LoopResult } from '../../src/contract/loop.js';
import { openLedger } from '../../src/storage/ledger/index.js';
import { databaseUrl } from '../../src/workers/database-url.js';
import { repositoryWith, testEngine, type TestEngine } from '../support/engine.js';
import { killAll } from '../support/kill-all.js';

const EXAMPLE = new URL('../../examples/k-module/', import.meta.url).pathname;
const FILES = ['task.yaml', 'program.md', 'pipeline.yaml', 'check.py', 'evaluate.py'];

/** Experiments of each child loop, and hours of device time that the outer loop may spend. */
const EXPERIMENTS = 2;
const HOURS = 0.5;

let engine: TestEngine;
let folder: string;
beforeAll(() => {
  const below = FILES.map((file) => [`k-module/${file}`, readFileSync(join(EXAMPLE, file), 'utf8')]);
  folder = repositoryWith({
    ...(Object.fromEntries(below) as Record<string, string>),
    'outer/method/process/process.yaml': 'exploration:\n  edits: 1 # range: 1..4\n',
    'outer/task.yaml': [
      'name: outer',
      'level: R4',
      'editable: [method/process/**]',
      'research:',
      `  tasks: [{ folder: ../k-module, experiments: ${String(EXPERIMENTS)}, target: 1 }]`,
      '  repeats: 2',
      '  rescore: 1',
      '  parallel: 2',
      'proposer: { kind: mutate }',
      'acceptance: { rule: lift, nmax: 2 }',
      `budget: { experiments: 1, deviceHours: ${String(HOURS)} }`,
    ].join('\n'),
  });
});
beforeAll(async () => {
  engine = await testEngine({ AUTOLIFT_CPU_DEVICES: '2' });
  await engine.up();
}, 120_000);
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const withTemporal = async <T>(use: (client: Client) => Promise<T>): Promise<T> => {
  const connection = await Connection.connect(engine.settings.temporal.connection);
  try {
    return await use(new Client({ connection, namespace: engine.settings.temporal.namespace }));
  } finally {
    await connection.close();
  }
};

const loopsIn = async (client: Client): Promise<WorkflowExecutionInfo[]> => {
  const all: WorkflowExecutionInfo[] = [];
  for await (const one of client.workflow.list({ query: "WorkflowType = 'researchLoop'" })) all.push(one);
  return all;
};

/** A child of the baseline has ended, and one of the candidate's is at work. */
const inTheMiddle = (loop: string): Promise<void> =>
  withTemporal(async (client) => {
    const at = (all: WorkflowExecutionInfo[], part: string, status: string): boolean =>
      all.some((one) => one.workflowId.startsWith(`${loop}/${part}`) && one.status.name === status);
    for (;;) {
      const all = await loopsIn(client);
      if (at(all, '0-', 'COMPLETED') && at(all, '1-candidate-', 'RUNNING')) return;
      await sleep(100);
    }
  });

/** What each loop came to. */
const ends = (
  loop: string,
): Promise<{ above: LoopResult; below: LoopResult[]; all: WorkflowExecutionInfo[] }> =>
  withTemporal(async (client) => {
    const resultOf = (id: string) => client.workflow.getHandle(id).result() as Promise<LoopResult>;
    const above = await resultOf(loop);
    for (;;) {
      const all = await loopsIn(client);
      const children = all.filter(({ workflowId }) => workflowId !== loop);
      // what a list shows comes a little after what has happened
      if (all.every(({ status }) => status.name !== 'RUNNING'))
        return { above, below: await Promise.all(children.map((one) => resultOf(one.workflowId))), all };
      await sleep(200);
    }
  });

const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0);

test('an outer loop outlives kill -9 of everything: it goes on, and no loop below it is run or paid twice', async () => {
  const started = await engine.autolift('run', join(folder, 'outer'), '--detach', '--json');
  expect(started.stderr + String(started.code)).toBe('0');
  const { loop } = JSON.parse(started.stdout.trim().split('\n').at(-1) ?? '{}') as { loop: string };
  await inTheMiddle(loop);
  killAll(engine);
  expect((await engine.autolift('up')).code).toBe(0);

  const { above, below, all } = await ends(loop);
  expect(above.stopped).toContain('budget spent: 1 experiment');
  expect(above.outcomes['crash']).toBeUndefined();
  const ids = all.map(({ workflowId }) => workflowId);
  // one run of each workflow: none was begun again
  expect(new Set(ids).size).toBe(ids.length);
  expect(all.every(({ status }) => status.name === 'COMPLETED')).toBe(true);

  const ledger = await openLedger(databaseUrl(engine.settings));
  try {
    const record = await ledger.record(loop);
    const studies = record?.experiments.flatMap(({ measurements }) => measurements) ?? [];
    expect(studies.every(({ status }) => status === 'ok')).toBe(true);
    // two loops for each measurement that counted, and no others
    expect(ids.length - 1).toBe(2 * studies.length);
    for (const result of below) {
      const rows = (await ledger.record(result.loop))?.experiments ?? [];
      expect(rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual([0, 1, 2]);
      expect(result.spent.experiments).toBe(EXPERIMENTS);
    }
    const spent = total(below.map((one) => one.spent.deviceSeconds));
    expect(above.spent.deviceSeconds).toBeCloseTo(spent, 6);
    expect(total(studies.map(({ deviceSeconds }) => deviceSeconds))).toBeCloseTo(spent, 6);
    expect(spent).toBeLessThanOrEqual(HOURS * 3600);
  } finally {
    await ledger.close();
  }
});
