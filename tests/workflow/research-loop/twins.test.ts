import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
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

/** Experiments whose candidate was run, by the run's key `<loop>/<experiment>/<role>/<index>`. */
const candidatesRun = ({ runs }: FakeEngine): string[] =>
  runs.flatMap(({ key }) => /\/([1-9]\d*)\/candidate\//.exec(key)?.[1] ?? []);

const agent = { kind: 'command', command: 'true' } as const;

test('of candidates with the same files that are proposed at the same time one is run, and the others name it', async () => {
  const engine = new FakeEngine(() => 5, {
    proposeMs: 100,
    runMs: 200,
    // each asked before any other has answered: what the record holds can't tell them
    propose: (experiment) => (experiment <= 3 ? { tree: 'the same' } : {}),
  });
  const task = taskWith({ budget: { experiments: 5 }, concurrency: 3, ahead: 2, proposer: agent });
  const result = await withLoop(env, engine, loopInput('toy/twins', task), (handle) => handle.result());
  const same = engine.rows.filter(({ experiment }) => experiment >= 1 && experiment <= 3);
  const [ran, ...others] = same.toSorted((a, b) => Number(b.tree !== null) - Number(a.tree !== null));
  expect(ran).toMatchObject({ outcome: 'discard', tree: 'the same' });
  const duplicate = {
    outcome: 'duplicate',
    duplicateOf: ran?.experiment,
    reason: `the same files as in experiment ${String(ran?.experiment)}`,
    commit: null,
    tree: null,
    measurements: [],
  };
  expect(others).toMatchObject([duplicate, duplicate]);
  expect(candidatesRun(engine).toSorted()).toEqual([String(ran?.experiment), '4', '5']);
  expect(result.spent.experiments).toBe(5);
});

test('a candidate that becomes by being carried over what another one is already is not run', async () => {
  const engine = new FakeEngine((experiment) => (experiment === 1 ? 1 : 5), {
    propose: (experiment) => ({ tree: `files ${String(experiment)}` }),
  });
  const carryOver = engine.activities.rebase.bind(engine.activities);
  engine.activities.rebase = async (request) => ({
    ...(await carryOver(request)),
    // experiments 2 and 3 differ only in what experiment 1 has changed
    ...(request.prepared.experiment <= 3 ? { tree: 'files on #1' } : {}),
  });
  // one call proposes all of them, before anything has run
  const task = taskWith({ budget: { experiments: 4 }, ahead: 3 });
  await withLoop(env, engine, loopInput('toy/carried-twins', task), (handle) => handle.result());
  const trees = engine.rows.flatMap(({ tree, experiment }) => (tree === null ? [] : [{ tree, experiment }]));
  expect(new Set(trees.map(({ tree }) => tree)).size).toBe(trees.length);
  expect(engine.rows.find(({ experiment }) => experiment === 3)).toMatchObject({
    outcome: 'duplicate',
    duplicateOf: 2,
    measurements: [],
  });
});

test('files whose run was cancelled were not tried: who proposes them later has them run', async () => {
  // three keeps that executed next to nothing are taken back, and what waits since then is cancelled
  let isResumed = false;
  const engine = new FakeEngine(
    (experiment) => ({ value: 100 - experiment, metrics: { experiments: experiment > 3 ? 8 : 1 } }),
    { propose: (experiment) => (experiment === 4 || isResumed ? { tree: 'the same' } : {}) },
  );
  // carried over to the first keeps they stay the same
  engine.activities.rebase = ({ prepared, onto }) =>
    Promise.resolve({ ...prepared, base: onto, baseKind: 'rebased' });
  const task = taskWith({ budget: { experiments: 12 }, ahead: 3 });
  const input = { ...loopInput('toy/cancelled-twin', task), level: 1 };
  await withLoop(env, engine, input, async (handle) => {
    const phase = async () => (await handle.query<LoopStatus>(QUERIES.status)).phase;
    await expect.poll(phase, { timeout: 20_000 }).toBe('paused');
    isResumed = true;
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    await handle.result();
  });
  expect(engine.rows.find(({ experiment }) => experiment === 4)).toMatchObject({ outcome: 'cancelled' });
  const same = engine.rows.filter(({ tree, measurements }) => tree === 'the same' && measurements.length > 0);
  expect(same).toHaveLength(1);
});
