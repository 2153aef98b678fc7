import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAlarm, readRevert } from '../../../src/contract/alarm.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { HoldoutAnswer } from '../../../src/contract/steward.js';
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

type Handle = Pick<WorkflowHandle, 'executeUpdate' | 'query'>;
const status = (handle: Handle) => handle.query<LoopStatus>(QUERIES.status);
/** The status of the loop when it pauses; null: it ended without. */
const pauseOf = async (handle: Handle, ended: () => boolean): Promise<LoopStatus | null> => {
  while (!ended()) {
    const now = await status(handle);
    if (now.phase === 'paused') return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return null;
};
const resume = (handle: Handle) => handle.executeUpdate(UPDATES.resume, { args: [{}] });

const alarmsIn = (engine: FakeEngine) =>
  engine.events.flatMap((event) => (event.kind === 'alarm' ? (readAlarm(event) ?? []) : []));
const revertsIn = (engine: FakeEngine) =>
  engine.events.flatMap(({ kind, text }) => (kind === 'reverted' ? (readRevert(text) ?? []) : []));

/** A loop of a level whose steward adds something to its answers; resumed once where it pauses. */
const run = async (
  engine: FakeEngine,
  name: string,
  { lift = 0, ...extra }: Parameters<typeof taskOf>[0] & { lift?: number } = {},
) => {
  const input = { ...loopInput(`toy/${name}`, taskOf({ ahead: 0, ...extra })), level: lift };
  return await withLoop(env, engine, input, async (handle) => {
    let ended = false;
    const result = handle.result().finally(() => (ended = true));
    const paused = await pauseOf(handle, () => ended);
    for (let now = paused; now !== null; now = await pauseOf(handle, () => ended)) await resume(handle);
    return { paused, result: await result };
  });
};

const saysOf3 = (more: Partial<HoldoutAnswer>) =>
  climbing({
    holdout: (query) => ({
      answer: stewardSays('pays', query, query.experiment === 3 ? more : {}),
    }),
  });

test.each([
  ['objective-drift', 3],
  ['evaluator-capture', 1],
] as const)(
  '%s: what the alarm fell on is not kept, and the level waits for a person',
  async (alarm, level) => {
    const engine = saysOf3({ alarm });
    const { paused, result } = await run(engine, alarm, { lift: level, budget: { experiments: 4 } });
    expect(paused?.note).toContain(`${alarm} at #3`);
    expect(paused?.alarms).toMatchObject([{ mode: alarm, experiment: 3 }]);
    expect(paused?.incumbent?.experiment).toBe(2);
    expect(outcomes(engine)).toEqual(['keep', 'keep', 'keep', 'unconfirmed', 'keep']);
    expect(engine.rows.find(({ experiment }) => experiment === 3)?.reason).toContain(`${alarm}: `);
    expect(alarmsIn(engine)).toHaveLength(1);
    expect(alarmsIn(engine)[0]?.response.join()).toContain(`R${String(level)} is frozen`);
    expect(engine.questions.every((one) => one.level === level)).toBe(true);
    expect(result.alarms).toHaveLength(1);
  },
);

test('a loop without an alarm has none to show, and the lowest level says nothing of itself', async () => {
  const engine = climbing();
  const { paused, result } = await run(engine, 'quiet');
  expect(paused).toBeNull();
  expect(result.alarms).toBeUndefined();
  expect(engine.questions[0]).not.toHaveProperty('level');
  expect(engine.questions.some(({ kind }) => kind === 'rent')).toBe(false);
});

test('leak: a candidate that holds a token of the vault is not kept, and a person is told', async () => {
  const engine = saysOf3({ verdict: 'invalid', reason: 'leak', record: null });
  const { paused } = await run(engine, 'leak', { budget: { experiments: 4 } });
  expect(paused?.note).toMatch(/leak at #3: .* burnt/);
  expect(outcomes(engine)).toEqual(['keep', 'keep', 'keep', 'unconfirmed', 'keep']);
  expect(alarmsIn(engine)).toMatchObject([{ mode: 'leak', experiment: 3 }]);
});

test('rent: three keeps that pay together stand, and the next three are asked about against them', async () => {
  const engine = climbing();
  const { paused, result } = await run(engine, 'rent-paid', {
    lift: 1,
    validate: 'final',
    budget: { experiments: 6 },
  });
  expect(paused).toBeNull();
  expect(result.incumbent?.experiment).toBe(6);
  const rents = engine.questions.filter(({ kind }) => kind === 'rent');
  expect(rents.map(({ experiment, incumbent }) => [experiment, incumbent])).toEqual([
    [3, 'a'.repeat(40)],
    [6, engine.commitOf(3)],
  ]);
  expect(engine.reverts).toEqual([]);
});

test.each(['flat', 'undecided', 'harmful'] as const)(
  'rent: three keeps that are %s together are taken back, and the level stops until a person lets it go on',
  async (verdict) => {
    const engine = climbing({ holdout: ({ kind }) => (kind === 'rent' ? verdict : 'pays') });
    const extra = { lift: 1, validate: 'final', budget: { experiments: 4 } } as const;
    const { paused, result } = await run(engine, `rent-${verdict}`, extra);
    expect(paused?.note).toMatch(/ungrounded-search at #3: unpaid/);
    expect(paused?.incumbent?.experiment).toBe(0);
    expect(engine.reverts).toEqual([{ experiment: 0, to: 'a'.repeat(40) }]);
    expect(revertsIn(engine)).toEqual([0]);
    expect(engine.proposeCalls.at(-1)?.base).toBe('a'.repeat(40));
    expect(result.incumbent?.experiment).toBe(4);
  },
);

test.each([
  ['flat', 0],
  ['pays', 1],
] as const)(
  'a level that gives what stands again is asked what that is worth: %s',
  async (verdict, standing) => {
    const engine = climbing({
      holdout: ({ kind }) => (kind === 'rent' ? verdict : 'pays'),
      propose: (experiment) => (experiment > 1 ? { status: 'no_change', reason: 'the same' } : {}),
    });
    const extra = { lift: 1, validate: 'final', budget: { experiments: 4 } } as const;
    const { paused, result } = await run(engine, `still-${verdict}`, extra);
    expect(engine.questions.filter(({ kind }) => kind === 'rent')).toHaveLength(1);
    expect(result.incumbent?.experiment).toBe(standing);
    expect(paused?.note ?? 'not paused').toMatch(
      verdict === 'pays' ? 'not paused' : /at #1: stable-hallucination: R1 gives #1 again/,
    );
  },
);

test('rent: a holdout that cannot judge is no evidence against anybody', async () => {
  const engine = climbing({
    holdout: (query) => ({
      answer: stewardSays(
        query.kind === 'rent' ? 'invalid' : 'pays',
        query,
        query.kind === 'rent' ? { reason: 'scorer_failed' } : {},
      ),
    }),
  });
  const { paused, result } = await run(engine, 'rent-unjudged', { lift: 1, validate: 'final' });
  expect(paused).toBeNull();
  expect(result.incumbent?.experiment).toBe(3);
});

const executing = (experiments: number) =>
  new FakeEngine((experiment) => ({ value: 100 - experiment, metrics: { experiments } }), { runMs: 0 });

test('three keeps of a level that executed next to nothing are taken back; enough of them stay', async () => {
  const idle = executing(1);
  const budget = { experiments: 3 };
  const first = await run(idle, 'idle', { lift: 1, holdout: undefined, budget });
  expect(first.result.incumbent?.experiment).toBe(0);
  expect(idle.reverts).toHaveLength(1);
  expect(alarmsIn(idle)).toMatchObject([{ mode: 'ungrounded-search', experiment: 3 }]);
  const busy = executing(8);
  const second = await run(busy, 'busy', { lift: 1, holdout: undefined, budget });
  expect(second.paused).toBeNull();
  expect(second.result.incumbent?.experiment).toBe(3);
});

const costing = (growth: number) =>
  new FakeEngine((experiment) => ({
    value: 100 - experiment,
    seconds: { prepare: 0, run: 100 * growth ** experiment, measure: 0, guards: 0 },
  }));

test('cost: a lift whose projection passes the envelope is refused; costs that stay end with the budget', async () => {
  const extra = { lift: 2, holdout: undefined, budget: { experiments: 12, deviceHours: 2 } };
  const exploding = costing(2.2);
  const { result } = await run(exploding, 'exploding', extra);
  expect(result.stopped).toMatch(/^cost-explosion: .* pass the envelope of 7200/);
  expect(alarmsIn(exploding)).toMatchObject([{ mode: 'cost-explosion' }]);
  const refused = exploding.rows.find(({ outcome }) => outcome === 'over_budget');
  expect(refused?.measurements).toEqual([]);
  expect(result.spent.deviceSeconds).toBeLessThan(7200);
  const steady = costing(1);
  const honest = await run(steady, 'steady', extra);
  expect(alarmsIn(steady)).toEqual([]);
  expect(honest.result.stopped).toMatch(/budget spent: 12 experiments/);
});

test('tamper: a run that forged its score is told of, whatever else the loop does', async () => {
  const engine = new FakeEngine((experiment) =>
    experiment === 2
      ? { status: 'tampered', value: null, detail: 'overwrote scores.json' }
      : 100 - experiment,
  );
  const { paused } = await run(engine, 'tamper', { holdout: undefined });
  expect(paused).toBeNull();
  expect(alarmsIn(engine)).toMatchObject([
    { mode: 'tamper', experiment: 2, why: 'overwrote scores.json', response: ['the run is invalid'] },
  ]);
});

test('nothing that was made from keeps that were taken back brings them back', async () => {
  let runs = 0;
  // better in whatever order they end; busy only once somebody was told
  const engine: FakeEngine = new FakeEngine(
    () => ({ value: 100 - runs++, metrics: { experiments: alarmsIn(engine).length > 0 ? 8 : 1 } }),
    { runMs: 100 },
  );
  const extra = { lift: 1, holdout: undefined, budget: { experiments: 12 }, concurrency: 3, ahead: 3 };
  const { paused, result } = await run(engine, 'in-flight', extra);
  expect(paused?.alarms?.[0]?.mode).toBe('ungrounded-search');
  const cancelled = engine.rows.filter(({ reason }) => reason === 'what it was made from was taken back');
  expect(cancelled.length).toBeGreaterThan(0);
  const alarm = paused?.alarms?.[0]?.experiment;
  const until = engine.rows.findIndex(({ experiment }) => experiment === alarm);
  const back = engine.rows.find(({ experiment }) => experiment === revertsIn(engine)[0]);
  const stood = engine.lineage(back?.commit ?? '');
  const taken = new Set(
    engine.rows
      .slice(0, until + 1)
      .filter(
        ({ outcome, experiment }) => outcome === 'keep' && experiment > 0 && !stood.includes(experiment),
      )
      .map(({ experiment }) => experiment),
  );
  expect(taken.size).toBeGreaterThan(0);
  const stands = result.incumbent?.commit ?? '';
  expect(engine.lineage(stands).some((experiment) => taken.has(experiment))).toBe(false);
});
