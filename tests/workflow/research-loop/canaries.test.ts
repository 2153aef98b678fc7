import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { RunRequest } from '../../../src/contract/run-schema.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { measuredNoise } from '../../../src/report/noise.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const canaries = [
  { kind: 'known-bad' as const, path: 'canaries/pretty' },
  { kind: 'known-good' as const, path: 'canaries/plain' },
];
const task = taskWith({ canaries, acceptance: { rule: 'strict', repeats: 2 }, budget: { experiments: 2 } });

/** Scores of baseline, no-op, known-bad and known-good; experiments come after them. */
const engineOf = (noOp: number, bad: number, good: number) =>
  new FakeEngine((experiment, { key, role }: RunRequest) => {
    if (experiment > 0) return 4;
    const index = Number(key.split('/').at(-1));
    return role === 'baseline' ? 5 : ([noOp, bad, good][index] ?? Number.NaN);
  });

test('canaries that sing are in the record of the baseline, and change nothing of what follows', async () => {
  const engine = engineOf(5, 9, 3);
  const input = loopInput('toy/singing', task);
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result).toMatchObject({ baseline: { value: 5, n: 2 }, incumbent: { value: 4 } });
  expect(result.spent.experiments).toBe(2);
  expect(engine.rows[0]?.reason).toContain('3 of 3 canaries sing');
  expect(engine.rows[0]?.measurements.map(({ role, value }) => [role, value])).toEqual([
    ['baseline', 5],
    ['baseline', 5],
    ['candidate', 5],
    ['candidate', 9],
    ['candidate', 3],
  ]);
  expect(engine.runs.every(({ hidden }) => hidden.includes('canaries/pretty/**'))).toBe(true);
  const record = recordOf(engine, input);
  expect(fromRecord(record).baseline).toHaveLength(2);
  expect(measuredNoise(record)).toEqual({ sigma: 0, n: 2 });
});

test.each([
  [engineOf(4, 9, 3), /no-op .*does not score the baseline: it scored 4, the baseline 5/],
  [engineOf(5, 2, 3), /canaries\/pretty \(known-bad\).*beats the baseline/],
  [engineOf(5, 9, 6), /canaries\/plain \(known-good\).*does not beat/],
])('a canary that is touched stops the loop before anything is proposed (%#)', async (engine, why) => {
  const input = loopInput(`toy/touched-${String(why).length}`, task);
  await expect(withLoop(env, engine, input, (handle) => handle.result())).rejects.toMatchObject({
    cause: { type: 'CanaryTouched', message: expect.stringMatching(why) as string },
  });
  expect(engine.proposeCalls).toHaveLength(0);
  expect(engine.rows).toHaveLength(1);
  expect(engine.rows[0]).toMatchObject({ outcome: 'keep', value: 5 });
  expect(engine.rows[0]?.measurements).toHaveLength(5);
});

test('a canary that cannot be made stops the loop with the reason', async () => {
  const engine = engineOf(5, 9, 3);
  engine.activities.plant = () =>
    Promise.reject(ApplicationFailure.nonRetryable('canary canaries/pretty: no such folder', 'BadCanary'));
  const input = loopInput('toy/unplanted', task);
  await expect(withLoop(env, engine, input, (handle) => handle.result())).rejects.toMatchObject({
    cause: { type: 'CanaryTouched', message: 'canary canaries/pretty: no such folder' },
  });
  expect(engine.rows).toHaveLength(1);
});

test('in a fork the canaries are held against what the evaluator was committed with, the no-op against the baseline', async () => {
  // baseline and no-op are an improved candidate's; the committed artifact itself scores 5
  const engine = new FakeEngine((experiment, { key, role }: RunRequest) => {
    if (experiment > 0) return 1;
    const index = Number(key.split('/').at(-1));
    return role === 'baseline' ? 2 : ([5, 2, 9, 4][index] ?? Number.NaN);
  });
  const plain = loopInput('toy/forked', task);
  const input = { ...plain, source: { ...plain.source, evaluatorCommit: 'e'.repeat(40) } };
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.baseline).toMatchObject({ value: 2 });
  const canaryRuns = engine.runs.filter(({ key, role }) => role === 'candidate' && key.includes('/0/'));
  expect(canaryRuns).toHaveLength(4);
  expect(canaryRuns[0]?.source.commit).toBe('e'.repeat(40));
  expect(engine.rows[0]?.reason).toContain('3 of 3 canaries sing');
});

test('a score of another evaluator is compared with nothing: the loop pauses and says so', async () => {
  const engine = new FakeEngine(() => ({ value: 5, evaluatorHash: 'f'.repeat(64) }));
  const input = loopInput('toy/foreign', taskWith({ budget: { experiments: 1 } }));
  const status = await withLoop(env, engine, input, async (handle) => {
    const look = () => handle.query<LoopStatus>(QUERIES.status);
    await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
    const paused = await look();
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    await handle.result();
    return paused;
  });
  expect(status.note).toContain("was scored by the evaluator ffffffffffff, which is not this loop's");
  expect(status.baseline).toBeNull();
});

test('data of the evaluator that change in the middle pause the loop: nothing is kept by them, and it can be stopped', async () => {
  let changed: string[] = [];
  const engine: FakeEngine = new FakeEngine(
    (experiment) => {
      if (experiment === 2) changed = ['data'];
      return 100 - experiment;
    },
    { changed: () => changed },
  );
  const plain = loopInput(
    'toy/swapped',
    taskWith({
      ahead: 0,
      budget: { experiments: 4 },
      run: { command: 'python3 train.py', budget: 10, read: ['data'] },
    }),
  );
  const input = { ...plain, source: { ...plain.source, environment: { 'data data': 'f'.repeat(64) } } };
  const status = await withLoop(env, engine, input, async (handle) => {
    const look = () => handle.query<LoopStatus>(QUERIES.status);
    await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
    const paused = await look();
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'finish' }] });
    await handle.result();
    return paused;
  });
  expect(status.note).toContain('experiment 2 could not be run: data changed since the loop began');
  expect(status.incumbent?.experiment).toBe(1);
  expect(engine.rows.filter(({ outcome }) => outcome === 'keep').map(({ experiment }) => experiment)).toEqual(
    [0, 1],
  );
});

test('a module of the evaluator that changes in the middle pauses the loop; another host has its own', async () => {
  const at = (host: string, environment: string) => ({
    device: { class: 'cpu', name: 'test', id: 'cpu:0', host, environment },
  });
  let mended = false;
  const engine: FakeEngine = new FakeEngine((experiment) => {
    const where = experiment === 2 ? at('two', 'b') : at('one', experiment === 3 && !mended ? 'c' : 'a');
    return { value: 100 - experiment, ...where };
  });
  const input = loopInput('toy/reinstalled', taskWith({ ahead: 0, budget: { experiments: 4 } }));
  const status = await withLoop(env, engine, input, async (handle) => {
    const look = () => handle.query<LoopStatus>(QUERIES.status);
    await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
    const paused = await look();
    mended = true;
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    await handle.result();
    return paused;
  });
  const what = 'the environment of the evaluator on one (scorer/__init__.py)';
  expect(status.note).toContain(`experiment 3 could not be run: ${what} changed since the loop began`);
  expect(status.note).toContain('`autolift epoch`');
  expect(status.incumbent?.experiment).toBe(2);
  expect(engine.events.filter(({ kind }) => kind === 'environment').map(({ text }) => text)).toEqual([what]);
  expect(engine.rows.filter(({ outcome }) => outcome === 'keep').map(({ experiment }) => experiment)).toEqual(
    [0, 1, 2, 3, 4],
  );
});
