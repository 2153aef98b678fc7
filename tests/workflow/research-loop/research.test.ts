import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { LoopInput, LoopStatus } from '../../../src/contract/loop.js';
import type { Task } from '../../../src/contract/task-schema.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const below = (name: string, experiments = 2): Task => taskWith({ name, budget: { experiments } });

interface Study {
  tasks?: Task[];
  repeats?: number;
  extra?: Parameters<typeof taskWith>[0];
}

/** A loop over loops: each child minimises a loss that starts at 10 and counts as won at 0. */
const liftInput = (
  loop: string,
  { tasks = [below('one'), below('two')], repeats = 3, extra = {} }: Study,
): LoopInput => {
  const task = taskWith({
    name: 'lift',
    level: 'R4',
    editable: ['method/process/**'],
    run: { command: ':', budget: 100 },
    measure: { metric: { name: 'u', direction: 'maximize' } },
    acceptance: { rule: 'lift', nmax: 6 },
    budget: { experiments: 2 },
    ...extra,
  });
  const { source } = loopInput('below/x', tasks[0] ?? task);
  return {
    ...loopInput(loop, task),
    level: 4,
    research: {
      tasks: tasks.map((one) => ({ task: one, source, target: 0, base: null })),
      repeats,
      rescore: 2,
      parallel: 2,
    },
  };
};

/** Candidate 1 of the lift finds a loss of 2 in its loops; the incumbent and candidate 2 find 8. */
const world = (options: ConstructorParameters<typeof FakeEngine>[1] = {}) =>
  new FakeEngine((experiment, { loop, role }) => {
    if (role === 'baseline' || (experiment === 0 && role !== 'incumbent')) return 10;
    return (loop?.id ?? '').includes('/1-candidate') ? 2 : 8;
  }, options);

const childrenOf = (engine: FakeEngine): string[] => [
  ...new Set(engine.runs.map(({ loop }) => loop?.id ?? '')),
];

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

test('pausing the loop above pauses those below, and they go on with it', async () => {
  const engine = world({ runMs: 150 });
  const input = liftInput('lift/paused', {
    tasks: [below('one', 4)],
    repeats: 1,
    extra: { budget: { experiments: 1 } },
  });
  await withLoop(env, engine, input, async (handle) => {
    await expect.poll(() => childrenOf(engine).length, { timeout: 20_000 }).toBeGreaterThan(0);
    await handle.executeUpdate(UPDATES.pause, { args: [{}] });
    const [child = ''] = childrenOf(engine);
    const one = env.client.workflow.getHandle(child);
    const phase = async () => (await one.query<LoopStatus>(QUERIES.status)).phase;
    await expect.poll(phase, { timeout: 20_000 }).toBe('paused');
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    await handle.result();
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
