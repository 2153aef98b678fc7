import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { QUERIES } from '../../../src/contract/names.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { noisyEngine, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const noisy = () => noisyEngine({ gain: () => 0 });

test('a loop whose rule keeps too many copies does not start: its baseline is kept and nothing is proposed', async () => {
  const engine = noisy();
  const task = taskWith({ acceptance: { rule: 'strict', falseKeeps: 0.2 } });
  const input = loopInput('toy/false-keeps', task);
  const status = await withLoop(env, engine, input, async (handle) => {
    await expect(handle.result()).rejects.toMatchObject({
      cause: {
        type: 'TooManyFalseKeeps',
        message: expect.stringMatching(/strict would keep .+ 20 % is accepted .+ rule: /) as string,
      },
    });
    return await handle.query<LoopStatus>(QUERIES.status);
  });
  expect(status).toMatchObject({ phase: 'failed', note: expect.stringContaining('A/A self-test') as string });
  expect(engine.proposeCalls).toHaveLength(0);
  expect(engine.rows).toHaveLength(1);
  expect(engine.rows[0]).toMatchObject({
    experiment: 0,
    outcome: 'keep',
    branchCommit: input.source.baseCommit,
  });
  expect(engine.rows[0]?.measurements).toHaveLength(3);
  expect(engine.events.at(-1)).toMatchObject({ kind: 'stopped' });
});

test('the same rule on a metric without noise starts, and costs the runs that tell it', async () => {
  const engine = new FakeEngine((experiment) => 5 - experiment);
  const task = taskWith({ acceptance: { rule: 'strict', falseKeeps: 0.2 }, budget: { experiments: 3 } });
  const result = await withLoop(env, engine, loopInput('toy/no-noise', task), (handle) => handle.result());
  expect(result.outcomes.keep).toBe(3);
  expect(engine.runs.filter(({ role }) => role === 'baseline')).toHaveLength(3);
});

test('without a target strict runs its baseline once, and the row says that noise is not known', async () => {
  const engine = noisy();
  const task = taskWith({ budget: { experiments: 2 } });
  await withLoop(env, engine, loopInput('toy/unknown-noise', task), (handle) => handle.result());
  expect(engine.runs.filter(({ role }) => role === 'baseline')).toHaveLength(1);
  expect(engine.rows[0]?.reason).toContain('its noise is not known');
});

test('a rule that may be trusted says its rate in the row of the baseline', async () => {
  const engine = noisy();
  const task = taskWith({ acceptance: { rule: 'confirm' }, budget: { experiments: 1 } });
  await withLoop(env, engine, loopInput('toy/trusted', task), (handle) => handle.result());
  expect(engine.rows[0]?.reason).toMatch(
    /A\/A: confirm keeps \d+ of 400 copies of it \(.+ %\), up to 20 % accepted/,
  );
});

test('a baseline that drifts from repeat to repeat refuses a rule that compares with old scores', async () => {
  const noise = [0.3, -0.2, 0.1, -0.4, 0.2, 0, -0.1, 0.4, -0.3, 0.1];
  let at = 0;
  const engine = new FakeEngine(() => 5 + at + (noise[at++] ?? 0));
  const task = taskWith({ acceptance: { rule: 'floor' } });
  await withLoop(env, engine, loopInput('toy/drifting', task), async (handle) => {
    await expect(handle.result()).rejects.toMatchObject({
      cause: {
        type: 'TooManyFalseKeeps',
        message: expect.stringMatching(
          /under the drift of the baseline's repeats .+ Mend the drift/,
        ) as string,
      },
    });
  });
  expect(engine.proposeCalls).toHaveLength(0);
});

test('the noise of a promoted trunk that is far noisier than the baseline counts from then on', async () => {
  // the first change brings a large gain, and fifty times the noise
  const engine: FakeEngine = noisyEngine({ gain: (n) => (n === 1 ? 500 : -900), noise: 0.1 });
  const calm = engine.activities.runCandidate.bind(engine.activities);
  const wild = noisyEngine({ gain: () => 0, noise: 40 });
  Object.assign(engine.activities, {
    runCandidate: async (request: Parameters<typeof calm>[0]) => {
      const report = await calm(request);
      const changed = engine.lineage(request.source.commit).includes(1);
      const extra = changed ? (wild.score(0, request) as number) - 100 : 0;
      return { ...report, value: (report.value ?? 0) + extra };
    },
  });
  const acceptance = { rule: 'branch+promote', every: 4, evidence: 'z' } as const;
  const task = taskWith({ acceptance, budget: { experiments: 6 } });
  const result = await withLoop(env, engine, loopInput('toy/noisier', task), (handle) => handle.result());
  expect(result.incumbent?.experiment).toBe(5);
  expect(rowOf(engine, 5).reason).toMatch(/\(t, as the pairs scatter.*\).*noise measured anew: σ \d/);
});

test('a rule whose test takes seconds is tested beside the workflow, whose step would end its worker', async () => {
  const engine = noisy();
  const acceptance = { rule: 'race', arms: 32, nmax: 200, falseKeeps: 0.05 } as const;
  const task = taskWith({ acceptance, budget: { experiments: 1 } });
  const ended = withLoop(env, engine, loopInput('toy/costly-test', task), (handle) => handle.result());
  await ended.catch((error: unknown) => {
    expect(error).toMatchObject({ cause: { type: 'TooManyFalseKeeps' } });
  });
  expect(engine.rows[0]?.experiment).toBe(0);
});
