import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import type { LoopMessages } from '../../../src/contract/loop-messages.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import { readAnchor } from '../../../src/contract/steward.js';
import { FakeEngine, stewardSays } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { climbing, outcomes, taskOf } from './validated-loop.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = (engine: FakeEngine, name: string, extra: Parameters<typeof taskOf>[0] = {}) =>
  withLoop(env, engine, loopInput(`toy/${name}`, taskOf(extra)), (handle) => handle.result());

type Handle = Pick<WorkflowHandle, 'executeUpdate' | 'query'>;
const status = (handle: Handle) => handle.query<LoopStatus>(QUERIES.status);
const send = <K extends keyof LoopMessages>(handle: Handle, name: K, message: LoopMessages[K]) =>
  handle.executeUpdate<string, [LoopMessages[K]]>(UPDATES[name], { args: [message] });
const until = async (handle: Handle, holds: (now: LoopStatus) => boolean): Promise<LoopStatus> => {
  for (;;) {
    const now = await status(handle);
    if (holds(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test('a keep is one that the holdout says pays, and the ledger has word, record and head', async () => {
  const engine = climbing();
  const result = await run(engine, 'pays');
  expect(outcomes(engine)).toEqual(['keep', 'keep', 'keep', 'keep']);
  expect(result.holdout).toMatchObject({ answers: { pays: 3 }, left: { queries: 100, passes: 100 } });
  const [, row] = engine.rows;
  expect(row?.reason).toMatch(/; holdout: pays \(record d+\)$/);
  expect(row?.verdict?.evidence).toMatchObject({ holdout: { kind: 'keep', verdict: 'pays' } });
  expect(engine.questions[0]).toMatchObject({
    experiment: 1,
    kind: 'keep',
    vault: 'toy',
    candidate: engine.commitOf(1),
    incumbent: 'a'.repeat(40),
    claimed: 1,
  });
  expect(engine.notes.map(({ kind, experiment }) => [kind, experiment])).toEqual([
    ['keep', 1],
    ['keep', 2],
    ['keep', 3],
  ]);
  const heads = engine.events.flatMap(({ text }) => readAnchor(text) ?? []);
  expect(new Set(heads)).toEqual(new Set(['b'.repeat(64), 'c'.repeat(64)]));
});

test.each(['flat', 'harmful', 'undecided'] as const)(
  'a gain that is %s there is not kept',
  async (verdict) => {
    const engine = climbing({ holdout: () => verdict });
    const result = await run(engine, verdict);
    expect(outcomes(engine)).toEqual(['keep', 'unconfirmed', 'unconfirmed', 'unconfirmed']);
    expect(result.incumbent?.experiment).toBe(0);
    expect(engine.notes).toEqual([]);
    expect(engine.rows[1]?.reason).toMatch(new RegExp(`; holdout: ${verdict} \\(record d`));
    expect(result.holdout?.answers).toEqual({ [verdict]: 3 });
  },
);

test('a scorer that fails keeps nothing either', async () => {
  const engine = climbing({
    holdout: (query) => ({ answer: stewardSays('invalid', query, { reason: 'scorer_failed' }) }),
  });
  await run(engine, 'scorer');
  expect(outcomes(engine)).toEqual(['keep', 'unconfirmed', 'unconfirmed', 'unconfirmed']);
});

test('what no rule would keep is never asked about', async () => {
  const engine = new FakeEngine((experiment) => 100 + experiment);
  await run(engine, 'worse');
  expect(engine.questions).toEqual([]);
  expect(outcomes(engine)).toEqual(['keep', 'discard', 'discard', 'discard']);
});

test('a budget that is spent ends the loop, and nothing is kept on it', async () => {
  const spent = climbing({
    holdout: (query) => ({
      answer: stewardSays('invalid', query, { reason: 'budget_spent', record: null, left: null }),
    }),
  });
  const result = await run(spent, 'spent', { budget: { experiments: 50 } });
  expect(result.stopped).toMatch(/questions are spent/);
  expect(outcomes(spent).slice(0, 2)).toEqual(['keep', 'unconfirmed']);
  expect(result.spent.experiments).toBeLessThan(50);
  const last = climbing({
    holdout: (query) => ({ answer: stewardSays('pays', query, { left: { queries: 3, passes: 0 } }) }),
  });
  const afterLast = await run(last, 'last', { budget: { experiments: 50 } });
  expect(afterLast.incumbent?.experiment).toBe(1);
  expect(afterLast.stopped).toMatch(/questions are spent/);
});

test('what a person must mend halts the loop, which asks again when it is resumed', async () => {
  let sealed = false;
  const engine = climbing({
    holdout: (query) =>
      sealed ? 'pays' : { answer: stewardSays('invalid', query, { reason: 'not_sealed', record: null }) },
  });
  await withLoop(env, engine, loopInput('toy/mend', taskOf()), async (handle) => {
    const { note } = await until(handle, ({ phase }) => phase === 'paused');
    expect(note).toMatch(/holdout can't be asked: The vault is not sealed; run `autolift vault seal`/);
    sealed = true;
    await send(handle, 'resume', {});
    await handle.result();
  });
  expect(outcomes(engine)).toEqual(['keep', 'keep', 'keep', 'keep']);
  expect(engine.questions.filter(({ experiment }) => experiment === 1)).toHaveLength(2);
});

test('an answer that nobody may believe halts the loop; stopped, it keeps nothing', async () => {
  const engine = climbing({
    holdout: () => {
      throw ApplicationFailure.nonRetryable('An answer came that the steward did not sign.', 'StewardForged');
    },
  });
  const result = await withLoop(env, engine, loopInput('toy/forged', taskOf()), async (handle) => {
    const { note } = await until(handle, ({ phase }) => phase === 'paused');
    expect(note).toMatch(/did not sign/);
    await send(handle, 'stop', { mode: 'finish' });
    return await handle.result();
  });
  expect(result.incumbent?.experiment).toBe(0);
  expect(engine.rows.filter(({ outcome }) => outcome === 'keep')).toHaveLength(1);
});

test('while the steward is away the loop waits with the keep, and says so', async () => {
  let back: () => void = () => undefined;
  const returned = new Promise<void>((resolve) => {
    back = resolve;
  });
  const engine = climbing({
    holdout: async (_, away) => {
      if (!away) return { away: true };
      await returned;
      return 'pays';
    },
  });
  const input = loopInput('toy/away', taskOf({ budget: { experiments: 4 } }));
  const result = await withLoop(env, engine, input, async (handle) => {
    const now = await until(handle, ({ holdout: told }) => told?.asking?.away === true);
    expect(now.holdout?.asking).toMatchObject({ experiment: 1, kind: 'keep' });
    expect(now.phase).toBe('running');
    expect(now.incumbent?.experiment).toBe(0);
    const { description } = await describe(handle);
    expect(description).toContain('the steward is away');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await status(handle)).spent.experiments).toBe(0);
    back();
    return await handle.result();
  });
  expect(result.incumbent?.experiment).toBe(4);
  expect(engine.events.map(({ text }) => text)).toContain('the steward is away: the loop waits for it');
});

const describe = async (handle: Handle): Promise<{ description: string }> => ({
  description: JSON.stringify(await handle.query('__temporal_workflow_metadata')),
});

test('of gains that come together each is asked about against the incumbent of its turn', async () => {
  const engine = climbing({}, 30);
  const result = await run(engine, 'together', { concurrency: 4, budget: { experiments: 12 } });
  const kept = engine.rows.filter(({ outcome, experiment }) => outcome === 'keep' && experiment > 0);
  const asked = engine.questions.map(({ experiment }) => experiment);
  expect(new Set(asked).size).toBe(asked.length);
  const commits = ['a'.repeat(40), ...kept.map(({ commit }) => commit)];
  expect(engine.questions.map(({ incumbent }) => incumbent)).toEqual(commits.slice(0, asked.length));
  expect(result.spent.experiments).toBe(12);
  expect(engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 13 }, (_, n) => n),
  );
});

test('cancelled, a loop does not wait for the steward', async () => {
  let release: (verdict: 'pays') => void = () => undefined;
  const gone = new Promise<'pays'>((resolve) => {
    release = resolve;
  });
  const engine = climbing({ holdout: (_, away) => (away ? gone : { away: true }) });
  const input = loopInput('toy/cancelled', taskOf());
  await withLoop(env, engine, input, async (handle) => {
    await until(handle, ({ holdout: told }) => told?.asking?.away === true);
    await send(handle, 'stop', { mode: 'cancel' });
    const result = await handle.result();
    expect(result.incumbent?.experiment).toBe(0);
    release('pays');
  });
  expect(engine.rows.find(({ experiment }) => experiment === 1)).toMatchObject({
    outcome: 'cancelled',
    reason: expect.stringMatching(/stopped before the holdout had answered/) as string,
  });
});

test('a person approves before the holdout is asked, and both must agree', async () => {
  const engine = climbing({ holdout: ({ experiment }) => (experiment === 1 ? 'flat' : 'pays') });
  const input = loopInput('toy/approved', taskOf({ approval: true, budget: { experiments: 2 } }));
  await withLoop(env, engine, input, async (handle) => {
    await until(handle, ({ awaitingApproval }) => awaitingApproval.length === 2);
    expect(engine.questions).toEqual([]);
    expect(await send(handle, 'approve', { experiment: 1 })).toMatch(/holdout is asked/);
    await until(handle, ({ outcomes: so }) => so.unconfirmed === 1);
    await send(handle, 'approve', { experiment: 2 });
    await handle.result();
  });
  expect(outcomes(engine)).toEqual(['keep', 'unconfirmed', 'keep']);
  expect(engine.rows.at(-1)?.reason).toMatch(/approved by a person; holdout: pays/);
});
