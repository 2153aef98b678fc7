import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { NO_USAGE } from '../../../src/contract/proposal.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { taskWith } from '../../support/loop-input.js';
import { withLoop, withLoopBut } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { below, childrenOf, liftInput, world } from './lift-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

test('a candidate is measured by loops of its own on each task, and what pays is kept', async () => {
  const engine = world();
  const result = await withLoop(env, engine, liftInput('lift/pays', {}), (handle) => handle.result());
  expect(result.incumbent).toMatchObject({ experiment: 1 });
  const row = engine.rows.find(({ loop, experiment }) => loop === 'lift/pays' && experiment === 1);
  expect(row).toMatchObject({ outcome: 'keep', verdict: { rule: 'lift' } });
  expect(row?.reason).toMatch(/^pays: mean d 0\.\d+ over \d+ child loop pairs/);
  const first = row?.measurements.find(({ role, index }) => role === 'candidate' && index === 0);
  expect(first).toMatchObject({ status: 'ok', origin: 'measured' });
  expect(first?.value).toBeCloseTo(0.8, 12);
  expect(first?.metrics['u/one.0']).toBe(0.8);
  const second = engine.rows.find(({ loop, experiment }) => loop === 'lift/pays' && experiment === 2);
  expect(second?.outcome).toBe('discard');
});

test('candidate and incumbent research the same tasks on the same seeds, under budgets of their own', async () => {
  const engine = world();
  await withLoop(env, engine, liftInput('lift/seeds', { repeats: 2 }), (handle) => handle.result());
  const seedsOf = (name: string) =>
    engine.proposeCalls.filter(({ loop }) => loop.includes(name)).map(({ task }) => task.seed);
  expect(new Set(seedsOf('1-candidate-0'))).toEqual(new Set(seedsOf('1-incumbent-0')));
  expect(new Set(seedsOf('1-candidate-0')).size).toBe(4);
  expect(new Set(seedsOf('1-candidate-1'))).not.toEqual(new Set(seedsOf('1-candidate-0')));
  const rows = engine.rows.filter(({ loop }) => loop === 'lift/seeds/1-candidate-0/one.0');
  expect(rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual([0, 1, 2]);
});

test('a method that is none is a failed candidate, and no loop is started for it', async () => {
  const engine = world({
    project: ({ commit }) =>
      commit === engine.commitOf(1) ? { fault: 'method/process/process.yaml: unknown key' } : undefined,
  });
  await withLoop(env, engine, liftInput('lift/faulty', {}), (handle) => handle.result());
  const row = engine.rows.find(({ loop, experiment }) => loop === 'lift/faulty' && experiment === 1);
  expect(row).toMatchObject({ outcome: 'crash', reason: 'method/process/process.yaml: unknown key' });
  expect(childrenOf(engine).filter((id) => id.includes('/1-candidate'))).toEqual([]);
});

test('what the loops below use is spent by the loop above, which begins none that it cannot pay', async () => {
  const engine = world();
  const budget = { experiments: 5, deviceHours: 600 / 3600 };
  const input = liftInput('lift/spent', { repeats: 1, extra: { budget } });
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.spent.deviceSeconds).toBe(10 * engine.runs.length);
  expect(result.stopped).toContain('budget spent');
  expect(result.spent.deviceSeconds).toBeLessThanOrEqual(600 + 100);
});

test('several measurements at a time share what is left of the budget, none of it twice', async () => {
  // a loop below uses most of what is reserved for it
  const engine = new FakeEngine((experiment, { role }) => ({
    value: role === 'baseline' || (experiment === 0 && role !== 'incumbent') ? 10 : 8,
    seconds: { prepare: 0, run: 14, measure: 0, guards: 0 },
  }));
  const budget = { experiments: 6, deviceHours: 600 / 3600 };
  const extra = { budget, concurrency: 3, ahead: 0 };
  const input = liftInput('lift/shared', { tasks: [below('one')], repeats: 1, extra });
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.spent.deviceSeconds).toBe(14 * engine.runs.length);
  expect(result.spent.deviceSeconds).toBeLessThanOrEqual(600);
});

test('loops below that ask a model share the money that is left above, and never spend more together', async () => {
  const engine = world({
    propose: (_, { loop, dollarsLeft }) => {
      if (loop === 'lift/money') return {};
      return (dollarsLeft ?? Infinity) < 0.05
        ? { status: 'over_budget', reason: 'a call may cost $0.05' }
        : { usage: { ...NO_USAGE, model: 'm', calls: 1, inputTokens: 10, dollars: 0.05 } };
    },
  });
  const tasks = ['one', 'two'].map((name) =>
    taskWith({ name, budget: { experiments: 8 }, proposer: { kind: 'openai', model: 'm' } }),
  );
  const budget = { experiments: 4, dollars: 1 };
  const input = liftInput('lift/money', { tasks, repeats: 2, extra: { budget, concurrency: 2, ahead: 0 } });
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.spent.dollars).toBeGreaterThan(0.5);
  expect(result.spent.dollars).toBeLessThanOrEqual(1 + 1e-9);
  const first = engine.proposeCalls.find(({ loop }) => loop.startsWith('lift/money/'));
  expect(first?.dollarsLeft).toBeLessThanOrEqual(0.25);
});

/** A loop above that was paused while one below ran; `phase` asks for that one's. */
const withPaused = async (
  name: string,
  go: (paused: { handle: WorkflowHandle; phase: () => Promise<LoopStatus['phase']> }) => Promise<void>,
): Promise<void> => {
  const engine = world({ runMs: 150 });
  const extra = { budget: { experiments: 1 } };
  const input = liftInput(name, { tasks: [below('one', 4)], repeats: 1, extra });
  await withLoop(env, engine, input, async (handle) => {
    await expect.poll(() => childrenOf(engine).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await handle.executeUpdate(UPDATES.pause, { args: [{}] });
    const one = env.client.workflow.getHandle(childrenOf(engine)[0] ?? '');
    const phase = async () => (await one.query<LoopStatus>(QUERIES.status)).phase;
    await expect.poll(phase, { timeout: 20_000 }).toBe('paused');
    await go({ handle, phase });
  });
};

test('pausing the loop above pauses those below, and they go on with it', async () => {
  await withPaused('lift/paused', async ({ handle, phase }) => {
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    await handle.result();
    expect(await phase()).toBe('done');
  });
});

test('a paused loop above that is stopped lets those below end, and ends with them', async () => {
  await withPaused('lift/stopped', async ({ handle, phase }) => {
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish' }] });
    expect((await handle.result()).stopped).toBe('stopped by a person');
    expect(await phase()).toBe('done');
  });
});

test('cancelling the loop above winds those below down, and every row is written', async () => {
  const engine = world({ runMs: 200 });
  const input = liftInput('lift/cancelled', { tasks: [below('one', 50)], repeats: 1 });
  await withLoop(env, engine, input, async (handle) => {
    await expect.poll(() => childrenOf(engine).length, { timeout: 20_000 }).toBeGreaterThan(0);
    const [child = ''] = childrenOf(engine);
    await handle.cancel();
    await handle.result().catch(() => null);
    const { status } = await env.client.workflow.getHandle(child).describe();
    expect(status.name).not.toBe('RUNNING');
    expect(engine.runs.filter(({ key }) => /\/0\/(?:incumbent|baseline)\/20\d\d$/.test(key))).toEqual([]);
  });
});

test('cancelled while several loops run below, it ends when the last of them has wound down', async () => {
  const engine = world({ runMs: 200 });
  const input = liftInput('lift/cancelled-both', {
    tasks: ['one', 'two', 'three'].map((name) => below(name, 50)),
    repeats: 1,
  });
  if (input.research !== undefined) input.research.parallel = 3;
  const settle = engine.activities.settle.bind(engine.activities);
  // one that takes long to write its rows down
  engine.activities.settle = async (request) => {
    if (request.loop.includes('/three.')) await new Promise((done) => setTimeout(done, 1500));
    return await settle(request);
  };
  await withLoop(env, engine, input, async (handle) => {
    await expect.poll(() => childrenOf(engine).length, { timeout: 20_000 }).toBe(3);
    await handle.cancel();
    await handle.result().catch(() => null);
    for (const child of childrenOf(engine)) {
      const { status } = await env.client.workflow.getHandle(child).describe();
      expect(status.name, child).toBe('COMPLETED');
    }
  });
});

test('continued as new, it measures by no loop twice and keeps what pays', async () => {
  const engine = world();
  const input = liftInput('lift/continued', { tasks: [below('one', 1), below('two', 1)] });
  const file = 'domain/loop/history-room.ts';
  const impatient = { file, from: 'MOST_EVENTS = 9000', to: 'MOST_EVENTS = 60' };
  const result = await withLoopBut(impatient, { env, engine, input }, async (handle) => handle.result());
  expect(result.incumbent?.experiment).toBe(1);
  expect(result.spent.experiments).toBe(2);
  const runs: string[] = [];
  const begun: string[] = [];
  const query = `WorkflowId = '${input.loop}'`;
  await expect
    .poll(
      async () => {
        runs.length = 0;
        for await (const { runId, status } of env.client.workflow.list({ query }))
          if (status.name !== 'RUNNING') runs.push(runId);
        return runs.length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(1);
  for (const runId of runs) {
    const { events } = await env.client.workflow.getHandle(input.loop, runId).fetchHistory();
    for (const { startChildWorkflowExecutionInitiatedEventAttributes: one } of events ?? [])
      if (one?.workflowId != null) begun.push(one.workflowId);
  }
  expect(begun.length).toBeGreaterThan(0);
  expect(new Set(begun).size).toBe(begun.length);
  const rows = engine.rows.map(({ loop, experiment }) => `${loop} ${String(experiment)}`);
  expect(new Set(rows).size).toBe(rows.length);
});
