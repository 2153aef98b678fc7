import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApplicationFailure, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import type { LoopMessages } from '../../../src/contract/loop-messages.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

type Handle = Pick<WorkflowHandle, 'executeUpdate' | 'query'>;

const send = <K extends keyof LoopMessages>(handle: Handle, name: K, message: LoopMessages[K]) =>
  handle.executeUpdate<string, [LoopMessages[K]]>(UPDATES[name], { args: [message] });

const status = (handle: Handle) => handle.query<LoopStatus>(QUERIES.status);

const until = async (handle: Handle, holds: (now: LoopStatus) => boolean): Promise<LoopStatus> => {
  for (;;) {
    const now = await status(handle);
    if (holds(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('a paused loop begins nothing, and goes on where it was when resumed', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 30 });
  const input = loopInput('toy/pause', taskWith({ budget: { experiments: 12 } }));
  await withLoop(env, engine, input, async (handle) => {
    await until(handle, ({ spent }) => spent.experiments >= 3);
    await send(handle, 'pause', { reason: 'lunch' });
    const paused = await until(handle, ({ running }) => running.length === 0);
    expect(paused).toMatchObject({ phase: 'paused', note: 'lunch' });
    await expect(send(handle, 'pause', {})).rejects.toMatchObject({
      cause: { message: 'the loop is paused already' },
    });
    const before = engine.runs.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(engine.runs.length).toBe(before);
    await send(handle, 'resume', {});
    const result = await handle.result();
    expect(result.spent.experiments).toBe(12);
  });
  expect(engine.events.map(({ kind }) => kind)).toEqual(['paused', 'resumed', 'stopping', 'stopped']);
});

test('stop finish lets the run end, stop cancel cuts it off, and both leave no number without a row', async () => {
  for (const mode of ['finish', 'cancel'] as const) {
    const engine = new FakeEngine(() => 5, { runMs: 400 });
    const task = taskWith({ budget: { experiments: 100 }, concurrency: 2 });
    await withLoop(env, engine, loopInput(`toy/stop-${mode}`, task), async (handle) => {
      await until(handle, ({ spent, running }) => spent.experiments >= 2 && running.length === 2);
      await send(handle, 'stop', { mode });
      const result = await handle.result();
      expect(result.stopped).toBe('stopped by a person');
    });
    const seen = engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
    expect(seen).toEqual(seen.map((_, i) => i));
    expect(engine.rows.some(({ reason }) => reason === 'stopped while it ran')).toBe(mode === 'cancel');
  }
});

test('a hint reaches the proposals that follow it', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 30 });
  await withLoop(
    env,
    engine,
    loopInput('toy/steer', taskWith({ budget: { experiments: 10 } })),
    async (handle) => {
      await until(handle, ({ spent }) => spent.experiments >= 2);
      await expect(send(handle, 'steer', { hint: ' ' })).rejects.toMatchObject({
        cause: { message: 'the hint is empty' },
      });
      await send(handle, 'steer', { hint: 'try a smaller step' });
      await handle.result();
    },
  );
  expect(engine.proposeCalls[0]?.hints).toEqual([]);
  expect(engine.proposeCalls.at(-1)?.hints).toEqual(['try a smaller step']);
});

test('a budget can be raised while the loop runs and an unknown limit is refused', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 50 });
  await withLoop(
    env,
    engine,
    loopInput('toy/budget', taskWith({ budget: { experiments: 6 } })),
    async (handle) => {
      await until(handle, ({ spent }) => spent.experiments >= 2);
      await expect(send(handle, 'setBudget', { budget: { gold: 3 } as never })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('unknown limit "gold"') as string },
      });
      await send(handle, 'setBudget', { budget: { experiments: 9 } });
      expect((await handle.result()).spent.experiments).toBe(9);
    },
  );
});

test('a would-be keep waits for a person, who approves or rejects it', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 2 || experiment === 4 ? 5 - experiment : 5));
  const task = taskWith({ budget: { experiments: 5 }, approval: true });
  await withLoop(env, engine, loopInput('toy/approval', task), async (handle) => {
    await until(handle, ({ awaitingApproval }) => awaitingApproval.length === 2);
    await expect(send(handle, 'approve', { experiment: 3 })).rejects.toMatchObject({
      cause: { message: "experiment 3 doesn't wait for approval; these do: 2, 4" },
    });
    expect(await send(handle, 'approve', { experiment: 2 })).toBe('kept');
    await send(handle, 'reject', { experiment: 4, reason: 'too clever' });
    const result = await handle.result();
    expect(result.incumbent?.experiment).toBe(2);
  });
  expect(engine.rows.find(({ experiment }) => experiment === 4)).toMatchObject({
    outcome: 'discard',
    reason: 'rejected: too clever',
  });
});

test('an approved candidate that the incumbent has overtaken is measured against the new one', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 2 || experiment === 4 ? 5 - experiment : 5));
  const task = taskWith({ budget: { experiments: 5 }, approval: true, stale: 'measure' });
  await withLoop(env, engine, loopInput('toy/overtaken', task), async (handle) => {
    await until(handle, ({ awaitingApproval }) => awaitingApproval.length === 2);
    await send(handle, 'approve', { experiment: 4 });
    expect(await send(handle, 'approve', { experiment: 2 })).toContain('incumbent has changed');
    const result = await handle.result();
    expect(result.incumbent?.experiment).toBe(4);
  });
  expect(engine.rows.find(({ experiment }) => experiment === 2)).toMatchObject({
    outcome: 'discard',
    against: 4,
    baseKind: 'stale',
  });
});

test('an overtaken candidate that nothing is left to measure again keeps its runs when it is approved', async () => {
  const engine = new FakeEngine((experiment) => 5 - experiment);
  const task = taskWith({ budget: { experiments: 3 }, approval: true, stale: 'measure' });
  await withLoop(env, engine, loopInput('toy/too-late', task), async (handle) => {
    await until(handle, ({ awaitingApproval }) => awaitingApproval.length === 3);
    await send(handle, 'setBudget', { budget: { experiments: 1 } });
    expect(await send(handle, 'approve', { experiment: 1 })).toBe('kept');
    expect(await send(handle, 'approve', { experiment: 2 })).toContain('autolift fork toy/too-late 2');
    await send(handle, 'approve', { experiment: 3 });
    expect((await handle.result()).incumbent?.experiment).toBe(1);
  });
  const late = engine.rows.filter(({ experiment }) => experiment > 1);
  expect(late).toMatchObject([
    { experiment: 2, outcome: 'cancelled', value: 3, measurements: [{ role: 'candidate', value: 3 }] },
    { experiment: 3, outcome: 'cancelled', value: 2, measurements: [{ role: 'candidate', value: 2 }] },
  ]);
});

test('cancelling the workflow writes every row before it ends', async () => {
  const engine = new FakeEngine(() => 5, { runMs: 200 });
  const task = taskWith({ budget: { experiments: 100 }, concurrency: 2 });
  await withLoop(env, engine, loopInput('toy/cancel', task), async (handle) => {
    await until(handle, ({ spent }) => spent.experiments >= 2);
    await handle.cancel();
    const result = await handle.result();
    expect(result.stopped).toBe('cancelled');
  });
  const seen = engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(seen).toEqual(seen.map((_, i) => i));
});

test('a loop that paused as its branch was moved ends when it is stopped, and says where its keeps are', async () => {
  const engine = new FakeEngine((experiment) => 5 - experiment * 0.1, {});
  const activities = { ...engine.activities };
  engine.activities.settle = (request) => {
    const moves = request.experiments.some(({ experiment, outcome }) => experiment > 0 && outcome === 'keep');
    if (moves && request.leaving !== true)
      return Promise.reject(ApplicationFailure.nonRetryable('it was moved', 'BranchMoved'));
    return activities
      .settle(request)
      .then((result) => (moves ? { ...result, left: 'the branch was left' } : result));
  };
  const input = loopInput('toy/moved', taskWith({ budget: { experiments: 50 } }));
  await withLoop(env, engine, input, async (handle) => {
    const halted = await until(handle, ({ phase }) => phase === 'paused');
    expect(halted.note).toContain('it was moved');
    await send(handle, 'stop', { mode: 'finish', reason: 'enough' });
    expect((await handle.result()).stopped).toBe('enough; the branch was left');
    expect(await status(handle)).toMatchObject({ phase: 'done', note: 'enough; the branch was left' });
  });
  expect(engine.events.at(-1)).toMatchObject({ kind: 'stopped' });
});
