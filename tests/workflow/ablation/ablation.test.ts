import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { AblationInput, AblationResult } from '../../../src/contract/ablation.js';
import { cellLoop, cellsOf } from '../../../src/domain/ablation/cells.js';
import { ablationInput, cellEnd } from '../../support/ablation.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { IN_FORCE } from '../../support/method-in-force.js';
import { startTemporal } from '../../support/temporal.js';
import { loopsOf, progressOf, servedBy, startIn, world } from './ablation-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const served = servedBy(() => env);
const start = startIn(() => env);

const run = async (engine: FakeEngine, input: AblationInput): Promise<AblationResult> =>
  served(engine, async () => (await start(input)).result());

test('every arm searches each task on the seeds of its repeat, mixed in time, and is scored on fresh runs', async () => {
  const engine = world();
  const input = ablationInput({ id: 'ablation/mixed', arms: ['A', 'S', 'H'], n: 2 });
  const { cells, stopped, planned } = await run(engine, input);
  expect([stopped, planned]).toEqual([null, 6]);
  expect(loopsOf(engine)).toEqual(cellsOf(input).map((cell) => cellLoop(input, cell)));
  for (const repeat of [0, 1]) {
    const own = engine.proposeCalls.filter(({ loop }) => loop.endsWith(`.${String(repeat)}`));
    expect(new Set(own.map(({ task }) => task.seed)).size).toBe(1);
  }
  const u = (arm: string) => cells.filter((cell) => cell.arm === arm).map((cell) => cell.u);
  expect([u('A'), u('S'), u('H')]).toEqual([
    [0.2, 0.2],
    [0.2, 0.2],
    [0.8, 0.8],
  ]);
  expect(cells.every(({ experiments }) => experiments === 2)).toBe(true);
});

test('a loop that fails is said with its reason, and the others are run', async () => {
  const engine = new FakeEngine((experiment, { loop, role }) => {
    if ((loop?.id ?? '').endsWith('/S/one.1')) return { status: 'crash', value: null, detail: 'no data' };
    return role === 'baseline' || experiment === 0 ? 10 : 8;
  });
  const { cells } = await run(engine, ablationInput({ id: 'ablation/failing' }));
  expect(cells).toHaveLength(4);
  const failed = cells.filter((cell) => cell.u === null);
  expect(failed).toMatchObject([{ arm: 'S', repeat: 1, failed: expect.stringContaining('no data') }]);
});

test('a worker that dies in the middle costs no loop its place: each is started once, and goes on', async () => {
  const engine = world({ runMs: 50 });
  const input = ablationInput({ id: 'ablation/killed', arms: ['A', 'H'], n: 3, parallel: 2 });
  const handle = await start(input);
  await served(engine, () =>
    expect.poll(async () => (await progressOf(handle)).cells.length, { timeout: 30_000 }).toBeGreaterThan(1),
  );
  const { cells } = await served(engine, () => handle.result(), { maxCachedWorkflows: 0 });
  expect(new Set(cells.map(({ loop }) => loop)).size).toBe(6);
  const { events } = await handle.fetchHistory();
  const started = (events ?? []).flatMap(({ startChildWorkflowExecutionInitiatedEventAttributes: one }) =>
    one?.workflowId == null ? [] : [one.workflowId],
  );
  expect(started.sort()).toEqual(
    cellsOf(input)
      .map((cell) => cellLoop(input, cell))
      .sort(),
  );
  for (const loop of started) {
    const rows = engine.rows.filter((row) => row.loop === loop).map(({ experiment }) => experiment);
    expect(rows.sort((a, b) => a - b)).toEqual([0, 1, 2]);
  }
});

test('cells that an earlier attempt has ended are not run again', async () => {
  const engine = world();
  const ended = [
    cellEnd({ arm: 'A', repeat: 0, u: 0.4 }),
    cellEnd({ arm: 'S', repeat: 0, u: 0.5 }),
    cellEnd({ arm: 'A', repeat: 1, u: 0.6 }),
  ];
  const { cells } = await run(engine, ablationInput({ id: 'ablation/again', attempt: 2, ended }));
  expect(cells.slice(0, 3)).toEqual(ended);
  expect(loopsOf(engine)).toEqual(['ablation/again/again-2/S/one.1']);
  expect(cells[3]).toMatchObject({ arm: 'S', repeat: 1, u: 0.2 });
});

test('cancelled, it winds its loops down and gives what it has', async () => {
  const engine = world({ runMs: 100 });
  const tasks = [taskWith({ name: 'one', budget: { experiments: 3 } })];
  const input = ablationInput({ id: 'ablation/cancelled', n: 20, tasks });
  await served(engine, async () => {
    const handle = await start(input);
    await expect
      .poll(async () => (await progressOf(handle)).cells.length, { timeout: 30_000 })
      .toBeGreaterThan(0);
    await handle.cancel();
    const { cells, stopped, running } = await handle.result();
    expect(stopped).toBe('cancelled');
    expect(running).toEqual([]);
    expect(cells.length).toBeLessThan(40);
    expect(cells.every(({ failed }) => failed === null)).toBe(true);
    const last = loopsOf(engine).at(-1) ?? '';
    const { status } = await env.client.workflow.getHandle(last).describe();
    expect(status.name).toBe('COMPLETED');
  });
});

test('a search finds the method of its arm, and what its loops have used is the budget of A+', async () => {
  const found = { ...IN_FORCE, ref: 'found' };
  const engine = world({
    project: ({ tasks }) => ({ tasks: tasks.map((task) => ({ task, method: found })) }),
  });
  const base = ablationInput({ id: 'ablation/searched', arms: ['A', 'A+', 'B'] });
  const { B: _none, ...plans } = base.plans;
  const task = taskWith({
    name: 'lift',
    level: 'R4',
    editable: ['method/process/process.yaml'],
    run: { command: ':', budget: 100 },
    measure: { metric: { name: 'u', direction: 'maximize' } },
    acceptance: { rule: 'lift', nmax: 2 },
    budget: { experiments: 1 },
  });
  const { source } = loopInput('lift/x', task);
  const search = { v: 1 as const, level: 4, task, source, forkedFrom: null, research: base.research };
  const { searches, cells } = await run(engine, { ...base, plans, searches: { B: search } });
  expect(searches).toMatchObject([
    { arm: 'B', loop: 'ablation/searched/search-B/0', candidates: 1, failed: null, plan: { method: found } },
  ]);
  const below = engine.rows.filter(
    ({ loop, experiment }) => experiment > 0 && loop.startsWith('ablation/searched/search-B/0/'),
  );
  expect(searches[0]?.experiments).toBe(below.length);
  const spent = (arm: string) => cells.filter((cell) => cell.arm === arm).map((cell) => cell.experiments);
  expect(spent('B')).toEqual([2, 2]);
  expect(spent('A+')).toEqual([2 + below.length, 2 + below.length]);
});
