import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { AblationInput, AblationResult } from '../../../src/contract/ablation.js';
import { UPDATES } from '../../../src/contract/names.js';
import { ablationReport } from '../../../src/domain/ablation/ablation-report.js';
import { cellLoop, cellsOf } from '../../../src/domain/ablation/cells.js';
import { ablationInput } from '../../support/ablation.js';
import { taskWith } from '../../support/loop-input.js';
import { startTemporal } from '../../support/temporal.js';
import { loopsOf, progressOf, servedBy, startIn, world, type Ablation } from './ablation-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const served = servedBy(() => env);
const start = startIn(() => env);

/** After so few events a run is continued as new. */
const IMPATIENT = { file: 'workflows/ablation/study.ts', from: 'MAX_EVENTS = 4000', to: 'MAX_EVENTS = 30' };

/** Runs that the ablation took, and the loops that each has started. */
const runsOf = async (id: string): Promise<string[][]> => {
  const runs: { runId: string; at: number }[] = [];
  for await (const one of env.client.workflow.list({ query: `WorkflowId = '${id}'` }))
    runs.push({ runId: one.runId, at: one.startTime.getTime() });
  const started = runs.map(async ({ runId }) => {
    const { events } = await env.client.workflow.getHandle(id, runId).fetchHistory();
    return (events ?? []).flatMap(
      ({ startChildWorkflowExecutionInitiatedEventAttributes: one }) => one?.workflowId ?? [],
    );
  });
  return await Promise.all(started);
};

test('continued as new again and again, it runs no loop twice and comes to the same table', async () => {
  const engine = world();
  const input = ablationInput({ id: 'ablation/continued', arms: ['A', 'S', 'H'], n: 4, parallel: 2 });
  const whole = ablationInput({ ...input, id: 'ablation/in-one-go' });
  const result = async (of: AblationInput) => (await start(of)).result();
  const continued = await served(engine, () => result(input), { changed: IMPATIENT });
  const once = await served(world(), () => result(whole));
  await expect.poll(async () => (await runsOf(input.id)).flat().length).toBe(12);
  const runs = await runsOf(input.id);
  expect(runs.length).toBeGreaterThan(2);
  expect(runs.flat().sort()).toEqual(
    cellsOf(input)
      .map((cell) => cellLoop(input, cell))
      .sort(),
  );
  expect(continued.stopped).toBeNull();
  const tableOf = (of: AblationResult) => {
    const { contrasts, arms, tasks } = ablationReport(input, of);
    return { contrasts, arms, tasks };
  };
  expect(tableOf(continued)).toEqual(tableOf(once));
});

test('paused, it begins nothing and its loops stand still; resumed, all of it goes on', async () => {
  const engine = world({ runMs: 100 });
  const input = ablationInput({ id: 'ablation/paused', n: 3, parallel: 2 });
  await served(engine, async () => {
    const handle = await start(input);
    await expect.poll(() => loopsOf(engine).length, { timeout: 30_000 }).toBeGreaterThan(1);
    await handle.executeUpdate(UPDATES.pause, { args: [{ reason: 'by a person: need the GPU' }] });
    await expect(handle.executeUpdate(UPDATES.pause, { args: [{}] })).rejects.toThrow();
    const { paused, running } = await progressOf(handle);
    expect(paused).toBe('by a person: need the GPU');
    const phaseOf = async (loop: string) =>
      (await env.client.workflow.getHandle(loop).query<{ phase: string }>('status')).phase;
    for (const loop of running)
      await expect.poll(() => phaseOf(loop), { timeout: 30_000 }).toMatch(/paused|done/);
    expect((await handle.describe()).searchAttributes['Phase']).toEqual(['paused']);
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    const { cells, stopped, paused: still } = await handle.result();
    expect([cells.length, stopped, still]).toEqual([6, null, undefined]);
    expect(cells.every(({ failed }) => failed === null)).toBe(true);
    expect(loopsOf(engine)).toHaveLength(6);
  });
});

test('a run that was continued while it was paused stands still, and begins its loops when resumed', async () => {
  const engine = world();
  const input = ablationInput({ id: 'ablation/paused-before', n: 2, paused: 'by a person' });
  await served(engine, async () => {
    const handle = await start(input);
    expect(await progressOf(handle)).toMatchObject({ paused: 'by a person', running: [], cells: [] });
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    expect((await handle.result()).cells).toHaveLength(4);
  });
});

test('cancelled while it is paused and several loops run, it ends when the last of them has wound down', async () => {
  const engine = world({ runMs: 100 });
  const input = ablationInput({ id: 'ablation/cancelled-paused', n: 10, parallel: 3 });
  const settle = engine.activities.settle.bind(engine.activities);
  // of several one takes long to write its rows down
  engine.activities.settle = async (request) => {
    if (request.loop === loopsOf(engine)[1]) await new Promise((done) => setTimeout(done, 1000));
    return await settle(request);
  };
  await served(engine, async () => {
    const handle = await start(input);
    await expect.poll(() => loopsOf(engine).length, { timeout: 30_000 }).toBeGreaterThan(2);
    await handle.executeUpdate(UPDATES.pause, { args: [{}] });
    const { running: begun } = await progressOf(handle);
    await handle.cancel();
    const { stopped, running } = await handle.result();
    expect([stopped, running]).toEqual(['cancelled', []]);
    for (const loop of begun) {
      const { status } = await env.client.workflow.getHandle<Ablation>(loop).describe();
      expect(status.name).toBe('COMPLETED');
    }
  });
});

test('stopped, even while it is paused, what runs ends, nothing more is begun, and there is a table', async () => {
  const engine = world({ runMs: 100 });
  const input = ablationInput({ id: 'ablation/stopped', n: 10, parallel: 2 });
  await served(engine, async () => {
    const handle = await start(input);
    await expect.poll(() => loopsOf(engine).length, { timeout: 30_000 }).toBeGreaterThan(1);
    await handle.executeUpdate(UPDATES.pause, { args: [{}] });
    const { running, cells: before } = await progressOf(handle);
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish', reason: 'seen enough' }] });
    await expect(handle.executeUpdate(UPDATES.pause, { args: [{}] })).rejects.toThrow();
    const { cells, stopped } = await handle.result();
    expect(stopped).toBe('seen enough');
    expect(cells.map(({ loop }) => loop).sort()).toEqual(
      [...before.map(({ loop }) => loop), ...running].sort(),
    );
    expect(cells.every(({ failed, experiments }) => failed === null && experiments === 2)).toBe(true);
  });
});

test('stopped with what runs cancelled, its loops wind down, and the same command can go on with the rest', async () => {
  const engine = world({ runMs: 100 });
  const tasks = [taskWith({ name: 'one', budget: { experiments: 50 } })];
  const input = ablationInput({ id: 'ablation/stopped-at-once', n: 10, parallel: 2, tasks });
  await served(engine, async () => {
    const handle = await start(input);
    await expect.poll(() => loopsOf(engine).length, { timeout: 30_000 }).toBe(2);
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish' }] });
    expect(await progressOf(handle)).toMatchObject({ stopping: 'stopped by a person' });
    await expect(handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish' }] })).rejects.toThrow();
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    const { cells, running, stopped } = await handle.result();
    expect([cells, running, stopped]).toEqual([[], [], 'stopped by a person']);
    for (const loop of loopsOf(engine)) {
      const { status } = await env.client.workflow.getHandle<Ablation>(loop).describe();
      expect(status.name).toBe('COMPLETED');
    }
  });
});
