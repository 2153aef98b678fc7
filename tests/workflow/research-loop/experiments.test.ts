import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = (engine: FakeEngine, name: string, task: ReturnType<typeof taskWith>) =>
  withLoop(env, engine, loopInput(`toy/${name}`, task), (handle) => handle.result());

test('a proposal whose base was overtaken while it waited is carried over to the new incumbent', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 1 ? 1 : 5));
  const result = await run(engine, 'rebase', taskWith({ budget: { experiments: 4 }, ahead: 3 }));
  expect(result.incumbent?.experiment).toBe(1);
  expect(engine.rows.find(({ experiment }) => experiment === 2)).toMatchObject({
    baseKind: 'rebased',
    base: engine.commitOf(1),
    against: 1,
  });
});

test('carrying a proposal over is told in words to whoever looks at the history', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 1 ? 1 : 5));
  const input = loopInput('toy/told', taskWith({ budget: { experiments: 2 }, ahead: 3 }));
  const { events } = await withLoop(env, engine, input, async (handle) => {
    await handle.result();
    return handle.fetchHistory();
  });
  const summaries = (events ?? [])
    .filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'rebase')
    .map((event) => Buffer.from(event.userMetadata?.summary?.data ?? []).toString());
  expect(summaries).toEqual(['"carry experiment 2 over to #1: idea 2"']);
});

test('with stale: measure it is measured as it is, against the new incumbent', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 1 ? 1 : 5));
  await run(engine, 'stale', taskWith({ budget: { experiments: 4 }, ahead: 3, stale: 'measure' }));
  expect(engine.rows.find(({ experiment }) => experiment === 2)).toMatchObject({
    baseKind: 'stale',
    against: 1,
  });
});

test('an experiment that was running when the incumbent changed is compared with the new one', async () => {
  const engine = new FakeEngine((experiment) => ({ 1: 3, 2: 4 })[experiment] ?? 5, { runMs: 50 });
  await run(engine, 'raced', taskWith({ budget: { experiments: 2 }, concurrency: 2 }));
  const second = engine.rows.find(({ experiment }) => experiment === 2);
  const first = engine.rows.find(({ experiment }) => experiment === 1);
  expect(first?.outcome).toBe('keep');
  expect([second?.outcome, second?.baseKind, second?.against]).toContainEqual(
    second?.against === 1 ? 'stale' : 'keep',
  );
});

test('confirm measures candidate and incumbent on the same fresh seeds before a keep', async () => {
  const noise = [0, 0.1, -0.1, 0.05, 0.02];
  const engine = new FakeEngine((experiment, { key, role }) => {
    const index = Number(key.split('/').at(-1));
    const level = role === 'candidate' && experiment === 1 ? 2 : 5;
    return level + (noise[index] ?? 0);
  });
  const task = taskWith({ budget: { experiments: 2 }, acceptance: { rule: 'confirm', n: 3 } });
  const result = await run(engine, 'confirm', task);
  expect(result.incumbent).toMatchObject({ experiment: 1, n: 3 });
  const row = engine.rows.find(({ experiment }) => experiment === 1);
  const of = (role: string) => row?.measurements.filter((one) => one.role === role) ?? [];
  expect(of('incumbent').map(({ index }) => index)).toEqual([1, 2, 3]);
  expect(of('candidate').map(({ index }) => index)).toEqual([0, 1, 2, 3]);
  expect(of('incumbent').map(({ seed }) => seed)).toEqual(
    of('candidate')
      .slice(1)
      .map(({ seed }) => seed),
  );
  expect(result.baseline?.n).toBe(3);
});

test('guards run before a keep, and one that fails ends it as guard_failed', async () => {
  const engine = new FakeEngine((_, request) => {
    if (request.role === 'baseline') return 5;
    if (request.guards.length > 0) return { status: 'guard_failed', detail: 'pytest: 1 failed' };
    return 1;
  });
  const task = taskWith({ budget: { experiments: 1 }, guards: [{ command: 'pytest' }] });
  const result = await run(engine, 'guards', task);
  expect(result.incumbent?.experiment).toBe(0);
  expect(engine.rows.find(({ experiment }) => experiment === 1)).toMatchObject({
    outcome: 'guard_failed',
    reason: 'pytest: 1 failed',
  });
});

test('a failed candidate is data: the loop counts it and goes on', async () => {
  const engine = new FakeEngine((experiment) => {
    if (experiment === 0) return 5;
    return experiment % 2 === 0 ? { status: 'crash', value: null, detail: 'ZeroDivisionError' } : 6;
  });
  const result = await run(engine, 'crashes', taskWith({ budget: { experiments: 6 } }));
  expect(result.outcomes).toEqual({ crash: 3, discard: 3 });
});

test('proposals that cannot run get their row without a run', async () => {
  const engine = new FakeEngine(() => 5, {
    propose: (n) => (n === 2 ? { status: 'refused', reason: 'train.py~ is not editable' } : {}),
  });
  const result = await run(engine, 'refused', taskWith({ budget: { experiments: 3 } }));
  expect(result.outcomes).toEqual({ discard: 2, refused: 1 });
  expect(engine.runs.some(({ key }) => key.includes('/2/'))).toBe(false);
});

test('a proposer that is never understood pauses the loop instead of spending the budget', async () => {
  const engine = new FakeEngine(() => 5, { propose: () => ({ status: 'refused', reason: 'no edit in it' }) });
  const task = taskWith({ budget: { experiments: 100 } });
  await withLoop(env, engine, loopInput('toy/nonsense', task), async (handle) => {
    let now = await handle.query<LoopStatus>(QUERIES.status);
    while (now.phase !== 'paused') now = await handle.query<LoopStatus>(QUERIES.status);
    expect(now.note).toBe('the last 10 proposals were refused, the last because: no edit in it');
    expect(now.spent.experiments).toBeLessThan(20);
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish' }] });
    await handle.result();
  });
});

test('infrastructure that fails for good pauses the loop with the reason, and nothing is lost on resume', async () => {
  let broken = true;
  const engine = new FakeEngine((experiment) => {
    if (experiment === 2 && broken) {
      throw ApplicationFailure.nonRetryable('evaluator hash differs', 'EvaluatorHashMismatch');
    }
    return 5;
  });
  const task = taskWith({ budget: { experiments: 4 } });
  await withLoop(env, engine, loopInput('toy/halt', task), async (handle) => {
    let now = await handle.query<LoopStatus>(QUERIES.status);
    while (now.phase !== 'paused') now = await handle.query<LoopStatus>(QUERIES.status);
    expect(now.note).toBe('experiment 2 could not be run: evaluator hash differs');
    broken = false;
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    expect((await handle.result()).spent.experiments).toBe(4);
  });
  expect(engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});

test('a long loop continues as new and loses nothing on the way', async () => {
  const engine = new FakeEngine((experiment) => 1000 - experiment);
  const task = taskWith({ budget: { experiments: 900 }, concurrency: 8 });
  const input = loopInput('toy/long', task);
  const first = await withLoop(env, engine, input, async (handle) => {
    const result = await handle.result();
    expect(result.spent.experiments).toBe(900);
    return handle.firstExecutionRunId;
  });
  const latest = await env.client.workflow.getHandle(input.loop).describe();
  expect(latest.runId).not.toBe(first);
  expect(engine.opened).toBe(1);
  expect(new Set(engine.rows.map(({ experiment }) => experiment)).size).toBe(901);
}, 300_000);

test('verdicts are settled as lessons for later loops, unless the task has none of it', async () => {
  for (const memory of [{}, 'off'] as const) {
    const engine = new FakeEngine(() => 5);
    const settled: unknown[] = [];
    const { activities } = engine;
    const own = { ...activities };
    activities.settle = (request) => {
      settled.push(request.memory);
      return own.settle(request);
    };
    const name = memory === 'off' ? 'memory-off' : 'memory-on';
    await run(engine, name, taskWith({ budget: { experiments: 1 }, memory }));
    const source = memory === 'off' ? undefined : { task: 'toy', level: 'R0', epoch: 1 };
    expect(settled.length).toBeGreaterThan(0);
    for (const one of settled) expect(one).toEqual(source);
  }
});
