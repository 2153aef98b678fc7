import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopStatus } from '../../../src/contract/loop.js';
import type { LoopMessages } from '../../../src/contract/loop-messages.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import { fallSilent, silence } from '../../support/fall-silent.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { contestTask } from './contest-world.js';
import { noisyEngine, noisyTask, promotions, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

type Handle = Pick<WorkflowHandle, 'executeUpdate' | 'query'>;

const stopNow = (handle: Handle) =>
  handle.executeUpdate<string, [LoopMessages['stop']]>(UPDATES.stop, { args: [{ mode: 'cancel' }] });

/** The loop's end, or the note of the pause that it would be stuck in. */
const endOf = async (handle: Handle & Pick<WorkflowHandle, 'result'>): Promise<string> => {
  let ended: string | null = null;
  void handle.result().then(({ stopped }: { stopped: string }) => (ended = stopped));
  for (;;) {
    if (ended !== null) return ended;
    const { phase, note } = await handle.query<LoopStatus>(QUERIES.status);
    if (phase === 'paused') {
      await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
      return `paused: ${note}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('a loop that is stopped with cancel ends, though its baseline was on a host that is dead', async () => {
  const engine = new FakeEngine(() => 5);
  const fell = fallSilent(engine, () => true);
  await withLoop(env, engine, loopInput('toy/silent-baseline', taskWith()), async (handle) => {
    await fell;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
  expect(engine.rows).toEqual([]);
});

test('an experiment on a host that died is cancelled with its loop, and has its row', async () => {
  const engine = new FakeEngine(() => 5);
  const fell = fallSilent(engine, ({ role }) => role === 'candidate');
  const task = taskWith({ budget: { experiments: 10 } });
  await withLoop(env, engine, loopInput('toy/silent-run', task), async (handle) => {
    await fell;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
  const row = engine.rows.find(({ experiment }) => experiment === 1);
  expect(row).toMatchObject({ outcome: 'cancelled', reason: 'stopped while it ran' });
});

test('a proposal that fails after its loop was cancelled holds nothing up', async () => {
  const engine = new FakeEngine(() => 5);
  let tell: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  engine.activities.propose = async () => {
    tell();
    return await silence();
  };
  const task = taskWith({ budget: { experiments: 10 } });
  await withLoop(env, engine, loopInput('toy/silent-proposer', task), async (handle) => {
    await asked;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
  const row = engine.rows.find(({ experiment }) => experiment === 1);
  expect(row).toMatchObject({ outcome: 'cancelled', reason: 'stopped before it was proposed' });
});

test('a promotion whose pair was on a host that died is cancelled with its loop', async () => {
  const engine = noisyEngine({ gain: () => 3 });
  const fell = fallSilent(engine, ({ role }) => role === 'incumbent');
  await withLoop(env, engine, loopInput('toy/silent-pair', noisyTask()), async (handle) => {
    await fell;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
  expect(promotions(engine).map(({ outcome }) => outcome)).toEqual(['cancelled']);
});

test('a contest on a host that died is cancelled with its loop, and each arm has its row', async () => {
  const engine = noisyEngine({ gain: () => 1 });
  const fell = fallSilent(engine, ({ role }) => role === 'incumbent');
  await withLoop(env, engine, loopInput('toy/silent-race', contestTask()), async (handle) => {
    await fell;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
  const arms = [1, 2, 3, 4].map((n) => rowOf(engine, n));
  expect(new Set(arms.map(({ outcome }) => outcome))).toEqual(new Set(['cancelled']));
});

test('what is measured anew at the end of a child loop is given up with its host', async () => {
  const engine = noisyEngine({ gain: () => 3 });
  const fell = fallSilent(engine, ({ key }) => key.endsWith('/2000'));
  const task = taskWith({ budget: { experiments: 2 }, acceptance: { rule: 'strict' } });
  const input = { ...loopInput('toy/silent-end', task), rescore: 1 };
  await withLoop(env, engine, input, async (handle) => {
    await fell;
    await stopNow(handle);
    expect(await endOf(handle)).toBe('stopped by a person');
  });
});
