import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { NO_USAGE } from '../../../src/contract/proposal.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const numbers = (n: number): number[] => Array.from({ length: n + 1 }, (_, i) => i);

test('a loop ends with exactly the experiments asked for, each with one row', async () => {
  const engine = new FakeEngine((experiment) => 10 - experiment);
  const task = taskWith({ budget: { experiments: 20 }, concurrency: 3 });
  const result = await withLoop(env, engine, loopInput('toy/exact', task), (handle) => handle.result());
  expect(engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual(numbers(20));
  expect(result.spent.experiments).toBe(20);
  expect(result.stopped).toContain('20 experiments');
  expect(engine.opened).toBe(1);
});

test('the best candidate is the incumbent at the end and the baseline is experiment 0', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 7 ? 1 : 5));
  const task = taskWith({ budget: { experiments: 12 } });
  const result = await withLoop(env, engine, loopInput('toy/best', task), (handle) => handle.result());
  expect(result.incumbent?.experiment).toBe(7);
  expect(result.baseline?.value).toBe(5);
  expect(result.outcomes).toEqual({ keep: 1, discard: 11 });
  expect(engine.rows.find(({ experiment }) => experiment === 7)?.branchCommit).toBeNull();
});

test('no more experiments run at a time than the concurrency, and that many do', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 100 });
  const task = taskWith({ budget: { experiments: 16 }, concurrency: 4 });
  await withLoop(env, engine, loopInput('toy/parallel', task), (handle) => handle.result());
  expect(engine.mostRunning).toBe(4);
});

test('of short runs a few are dispatched ahead, and none of them has a device more than the concurrency', async () => {
  const dispatchedWith = async (seconds: number): Promise<FakeEngine> => {
    const spent = { prepare: 0, run: seconds, measure: 0, guards: 0 };
    const engine = new FakeEngine(() => ({ value: 5, seconds: spent }), { runMs: 100 });
    const task = taskWith({ budget: { experiments: 24 }, concurrency: 4 });
    const input = loopInput(`toy/on-deck-${String(seconds)}`, task);
    await withLoop(env, engine, input, (handle) => handle.result());
    expect(engine.mostRunning).toBe(4);
    return engine;
  };
  expect((await dispatchedWith(1)).mostDispatched).toBe(5);
  expect((await dispatchedWith(10)).mostDispatched).toBe(4);
});

test('a wall clock ends the loop, and what waited then gets its row', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 200 });
  const task = taskWith({ budget: { wallClock: 2 }, concurrency: 2 });
  const result = await withLoop(env, engine, loopInput('toy/clock', task), (handle) => handle.result());
  expect(result.stopped).toContain('wall clock');
  const seen = engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(seen).toEqual(numbers(seen.length - 1));
});

/** A model whose calls cost `dollars` and are not made where less than `most` is left for them. */
const pricedModel = (dollars: number, most: number) =>
  new FakeEngine(() => 5, {
    runMs: 30,
    proposeMs: 60,
    propose: (_, { dollarsLeft }) =>
      (dollarsLeft ?? Infinity) < most
        ? { status: 'over_budget', reason: `a call may cost $${String(most)}` }
        : { usage: { ...NO_USAGE, model: 'm', calls: 1, inputTokens: 10, dollars } },
  });

test('calls under way at a time share a budget of dollars, and none is refused while there is plenty', async () => {
  const engine = pricedModel(0.0002, 0.02);
  const task = taskWith({
    budget: { experiments: 40, dollars: 5 },
    concurrency: 4,
    proposer: { kind: 'openai', model: 'm' },
  });
  const result = await withLoop(env, engine, loopInput('toy/plenty', task), (handle) => handle.result());
  expect(result.outcomes).toEqual({ discard: 40 });
  expect(Math.max(...engine.proposeCalls.map(({ experiments }) => experiments[0] ?? 0))).toBe(40);
});

test('a budget of dollars is used up to the last call that it can pay, and not passed', async () => {
  const engine = pricedModel(0.02, 0.02);
  const task = taskWith({
    budget: { experiments: 40, dollars: 0.25 },
    concurrency: 4,
    proposer: { kind: 'openai', model: 'm' },
  });
  const result = await withLoop(env, engine, loopInput('toy/spent', task), (handle) => handle.result());
  expect(result.stopped).toContain('budget spent: a call may cost');
  expect(result.spent.dollars).toBeCloseTo(0.24);
  const paid = engine.rows.filter(({ usage }) => usage.calls > 0);
  expect(paid.length).toBe(12);
});

test('device hours are reserved before a run starts', async () => {
  const engine = new FakeEngine(() => 5);
  const task = taskWith({ budget: { deviceHours: 35 / 3600 }, concurrency: 4 });
  const result = await withLoop(env, engine, loopInput('toy/device-hours', task), (handle) =>
    handle.result(),
  );
  expect(result.stopped).toContain('device hours');
  expect(result.spent.deviceSeconds).toBeLessThanOrEqual(35);
});

test('a target and a plateau stop the loop', async () => {
  const falling = new FakeEngine((experiment) => 10 - experiment);
  const target = taskWith({ budget: { experiments: 50 }, stop: { target: 4 } });
  const reached = await withLoop(env, falling, loopInput('toy/target', target), (handle) => handle.result());
  expect(reached.stopped).toContain('target');
  expect(reached.incumbent?.value).toBe(4);
  const flat = new FakeEngine(() => 5);
  const plateau = taskWith({ budget: { experiments: 50 }, stop: { plateau: 6 } });
  const stuck = await withLoop(env, flat, loopInput('toy/plateau', plateau), (handle) => handle.result());
  expect(stuck.stopped).toContain('plateau');
  expect(stuck.outcomes.discard).toBe(6);
});

test('a baseline without a metric fails the loop with its reason, and the row is written', async () => {
  const engine = new FakeEngine(() => ({ status: 'no_metric', value: null, detail: 'no line "loss: …"' }));
  const input = loopInput('toy/no-metric', taskWith());
  await expect(withLoop(env, engine, input, (handle) => handle.result())).rejects.toMatchObject({
    cause: { type: 'BaselineFailed', message: expect.stringContaining('no line "loss: …"') as string },
  });
  expect(engine.rows.map(({ outcome }) => outcome)).toEqual(['no_metric']);
});
