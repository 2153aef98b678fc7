import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { LoopResult, LoopStatus } from '../../../src/contract/loop.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { below, childrenOf, liftInput, world } from './lift-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const statusOf = (handle: Pick<WorkflowHandle, 'query'>) => handle.query<LoopStatus>(QUERIES.status);

/** Ids of the child loops that were begun, one for each time. */
const begunBy = async (loop: string): Promise<string[]> => {
  const { events } = await env.client.workflow.getHandle(loop).fetchHistory();
  return (events ?? []).flatMap(
    ({ childWorkflowExecutionStartedEventAttributes: one }) => one?.workflowExecution?.workflowId ?? [],
  );
};

/** A project activity that gives up at the nth asking. */
const givingUpAt = (engine: FakeEngine, nth: number): FakeEngine => {
  const project = engine.activities.projectMethod.bind(engine.activities);
  let asked = 0;
  engine.activities.projectMethod = async (request) => {
    asked += 1;
    if (asked === nth) throw ApplicationFailure.nonRetryable('the disk is full');
    return await project(request);
  };
  return engine;
};

test('halted between two studies and resumed, it takes up what had ended and runs no loop twice', async () => {
  // the baseline's, the candidate's, and then that of the incumbent beside it
  const engine = givingUpAt(world(), 3);
  const input = liftInput('lift/halted', {
    extra: { acceptance: { rule: 'lift', nmax: 6, repeats: 1 }, budget: { experiments: 1 } },
  });
  const result = await withLoop(env, engine, input, async (handle) => {
    await expect.poll(async () => (await statusOf(handle)).note, { timeout: 30_000 }).toContain('disk');
    const before = engine.runs.length;
    expect(childrenOf(engine).filter((id) => id.includes('/1-candidate-0/'))).toHaveLength(6);
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    const ended = await handle.result();
    expect(engine.runs.length).toBeGreaterThan(before);
    return ended;
  });
  const begun = await begunBy(input.loop);
  expect(new Set(begun).size).toBe(begun.length);
  const row = engine.rows.find(({ loop, experiment }) => loop === input.loop && experiment === 1);
  expect(row).toMatchObject({ outcome: 'keep' });
  expect(row?.measurements.filter(({ role, index }) => role === 'candidate' && index === 0)).toMatchObject([
    { status: 'ok', value: 0.8, metrics: { 'u/one.0': 0.8, 'u/one.2': 0.8 } },
  ]);
  expect(result.spent.deviceSeconds).toBe(10 * engine.runs.length);
});

test('a baseline that was halted goes on with the studies that had ended', async () => {
  const engine = givingUpAt(world(), 2);
  const input = liftInput('lift/halted-baseline', {
    tasks: [below('one')],
    repeats: 1,
    extra: { acceptance: { rule: 'lift', nmax: 2, repeats: 2 }, budget: { experiments: 1 } },
  });
  const result = await withLoop(env, engine, input, async (handle) => {
    await expect.poll(async () => (await statusOf(handle)).note, { timeout: 30_000 }).toContain('disk');
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    return await handle.result();
  });
  const begun = await begunBy(input.loop);
  expect(new Set(begun).size).toBe(begun.length);
  const row = engine.rows.find(({ loop, experiment }) => loop === input.loop && experiment === 0);
  expect(row?.measurements).toHaveLength(2);
  expect(result.spent.deviceSeconds).toBe(10 * engine.runs.length);
});

test('a loop of that name whose end it does not know holds nothing up: another takes its place', async () => {
  const engine = world();
  const input = liftInput('lift/taken', { tasks: [below('one')], repeats: 1 });
  const stranger = 'lift/taken/1-candidate-0/one.0';
  await withLoop(env, engine, loopInput(stranger, below('one', 1)), (handle) => handle.result());
  await withLoop(env, engine, input, (handle) => handle.result());
  const row = engine.rows.find(({ loop, experiment }) => loop === input.loop && experiment === 1);
  expect(row?.measurements[0]).toMatchObject({ role: 'candidate', value: 0.8 });
  expect(await begunBy(input.loop)).toContain(`${stranger}.again-2`);
  expect(engine.events.map(({ text }) => text)).toContainEqual(
    expect.stringContaining(`${stranger} was begun before`),
  );
});

test('a study that is cancelled is paid for by the loop above', async () => {
  const engine = world({ runMs: 100 });
  const input = liftInput('lift/cancelled-paid', { tasks: [below('one', 50)], repeats: 1 });
  const result = await withLoop(env, engine, input, async (handle) => {
    await expect
      .poll(() => engine.runs.filter(({ loop }) => loop?.id.includes('/0-baseline')).length, {
        timeout: 20_000,
      })
      .toBeGreaterThan(2);
    await handle.cancel();
    return await handle.result();
  });
  const child = env.client.workflow.getHandle<(input: unknown) => Promise<LoopResult>>(
    childrenOf(engine)[0] ?? '',
  );
  const { spent } = await child.result();
  expect(spent.deviceSeconds).toBeGreaterThan(0);
  expect(result.spent.deviceSeconds).toBe(spent.deviceSeconds);
});

test('a loop below whose baseline fails is paid for too', async () => {
  const engine = new FakeEngine((experiment, { loop, role }) => {
    if ((loop?.id ?? '').includes('/1-candidate')) return { status: 'crash', value: null, detail: 'no data' };
    return role === 'baseline' || experiment === 0 ? 10 : 8;
  });
  const input = liftInput('lift/failed-paid', { tasks: [below('one')], repeats: 1 });
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.outcomes.crash).toBeGreaterThan(0);
  expect(result.spent.deviceSeconds).toBe(10 * engine.runs.length);
});
