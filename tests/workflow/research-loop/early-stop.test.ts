import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const task = taskWith({
  run: { command: 'python3 train.py', budget: 10, earlyStop: { spare: 0 }, checkpoint: 'ckpt' },
  budget: { experiments: 3 },
  ahead: 0,
  acceptance: { rule: 'confirm', n: 2, repeats: 3, falseKeeps: 1 },
});

const STOPPED = 'stopped early at 43 % of its budget: loss 3.1 vs incumbent 2.4';

test('a candidate is held against the incumbent’s curve once, and one that was stopped is a discard', async () => {
  const engine = new FakeEngine((experiment, { role }) => {
    if (role === 'candidate' && experiment === 2)
      return { status: 'stopped_early', value: null, detail: STOPPED, course: { curve: [9, 9] } };
    const value = experiment === 1 && role === 'candidate' ? 1 : experiment === 3 ? 7 : 5;
    return { status: 'ok', value, course: { curve: [value + 1, value], attempt: 2 } };
  });
  await withLoop(env, engine, loopInput('toy/early', task), (handle) => handle.result());
  const row = engine.rows.find(({ experiment }) => experiment === 2);
  expect(row).toMatchObject({ outcome: 'discard', reason: STOPPED, value: null });
  expect(row?.measurements).toHaveLength(1);
  const held = engine.runs.map(({ key, watch }) => [
    key.split('/').slice(2, 5).join('/'),
    watch?.earlyStop?.incumbent,
  ]);
  const against = held.filter(([, incumbent]) => incumbent?.length !== 0);
  // the incumbent's runs since it was kept count with its first one
  expect(against.map(([key]) => key)).toEqual(['1/candidate/0', '2/candidate/0', '3/candidate/0']);
  expect(against.map(([, incumbent]) => incumbent)).toEqual([
    [6, 5],
    [2, 1],
    [2, 1],
  ]);
  const first = engine.rows.find(({ experiment }) => experiment === 1);
  expect(first?.measurements[0]?.course).toEqual({ curve: [2, 1], attempt: 2 });
  expect(engine.runs[0]?.watch?.checkpoint).toEqual({
    path: 'ckpt',
    everySeconds: 60,
    maxBytes: 2 * 1024 ** 3,
  });
});
