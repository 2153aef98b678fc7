import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop, withLoopBut } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { contestTask, numbersOf } from './contest-world.js';
import { breakIncumbents, noisyEngine, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

describe('a contest', () => {
  test.each(['finish', 'cancel'] as const)(
    'stop %s in the middle leaves a row for each arm',
    async (mode) => {
      const engine = noisyEngine({ gain: () => 0.1, noise: 5, options: { runMs: 30 } });
      const input = loopInput(`toy/stop-${mode}`, contestTask({ budget: { experiments: 40 } }));
      await withLoop(env, engine, input, async (handle) => {
        while (((await handle.query<LoopStatus>(QUERIES.status)).contest?.blocks ?? 0) < 2) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        await handle.executeUpdate(UPDATES.stop, { args: [{ mode }] });
        await handle.result();
      });
      const expected = mode === 'finish' ? 'inconclusive' : 'cancelled';
      expect([1, 2, 3, 4].map((n) => rowOf(engine, n).outcome)).toEqual(
        Array.from({ length: 4 }, () => expected),
      );
    },
  );

  test('it goes on where it was when infrastructure failed and a person resumes', async () => {
    const engine = noisyEngine({ gain: (n) => (n === 3 ? 4 : -1) });
    const mend = breakIncumbents(engine);
    const input = loopInput('toy/resumed', contestTask());
    const result = await withLoop(env, engine, input, async (handle) => {
      while ((await handle.query<LoopStatus>(QUERIES.status)).phase !== 'paused') {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      mend();
      await handle.executeUpdate(UPDATES.resume, { args: [{}] });
      return await handle.result();
    });
    expect(result.incumbent?.experiment).toBe(3);
  });

  test('a long one continues as new in its middle and loses nothing', { timeout: 180_000 }, async () => {
    // equal worth: nothing tells them apart before the last seed
    const engine = noisyEngine({ gain: () => 3, noise: 0.1 });
    const acceptance = { rule: 'race', arms: 16, nmax: 100, alpha: 0.0001 } as const;
    const task = contestTask({ acceptance, budget: { experiments: 16 }, concurrency: 8 });
    const file = 'domain/loop/history-room.ts';
    const impatient = { file, from: 'MOST_EVENTS = 9000', to: 'MOST_EVENTS = 4000' };
    const input = loopInput('toy/continued', task);
    const result = await withLoopBut(impatient, { env, engine, input }, async (handle) => {
      const ended = await handle.result();
      const { runId } = await env.client.workflow.getHandle('toy/continued').describe();
      expect(runId).not.toBe(handle.firstExecutionRunId);
      return ended;
    });
    expect(numbersOf(engine)).toEqual(Array.from({ length: 17 }, (_, n) => n));
    expect(result.incumbent?.value).toBeCloseTo(97, 0);
    const keys = engine.runs.map(({ key }) => key);
    expect(keys.length).toBeGreaterThan(1400);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
