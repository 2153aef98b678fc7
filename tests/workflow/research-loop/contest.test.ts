import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { contestTask, evidenceOf, numbersOf, runContests } from './contest-world.js';
import { failGuards, noisyEngine, outcomes, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = runContests(() => env);

describe('a race', () => {
  test('meets on the same fresh seeds, and its winner is kept on runs that did not choose it', async () => {
    const engine = noisyEngine({ gain: (n) => (n === 3 ? 4 : -1) });
    const result = await run(engine, 'race');
    expect(result.incumbent).toMatchObject({ experiment: 3, n: 10 });
    expect(result.incumbent?.value).toBeCloseTo(96, 0);
    const kept = rowOf(engine, 3);
    expect(kept.reason).toMatch(/first of the race of 4 candidates: better by .* at most 5 % of times/);
    expect(kept.measurements.filter(({ role }) => role === 'incumbent').length).toBeGreaterThanOrEqual(5);
    for (const experiment of [1, 2, 4]) {
      const row = rowOf(engine, experiment);
      expect(row).toMatchObject({ outcome: 'discard', against: 0 });
      expect(row.reason).toMatch(/race of 4 candidates/);
      expect(evidenceOf(engine, experiment).contest).toMatchObject({ rule: 'race', arms: [1, 2, 3, 4] });
      expect(row.measurements.map(({ seed }) => seed)).toEqual(
        kept.measurements
          .filter(({ role }) => role === 'candidate')
          .slice(0, row.measurements.length)
          .map(({ seed }) => seed),
      );
    }
    const baseline = rowOf(engine, 0).measurements.map(({ seed }) => seed);
    expect(engine.runs.slice(10).some(({ seed }) => baseline.includes(seed))).toBe(false);
    expect(evidenceOf(engine, 3).contest?.table?.blocks.length).toBeGreaterThan(10);
  });

  test('among copies keeps nothing', async () => {
    const engine = noisyEngine({ gain: () => 0 });
    const result = await run(engine, 'copies', { budget: { experiments: 12 } });
    expect(result.incumbent?.experiment).toBe(0);
    expect(result.incumbent?.n).toBeGreaterThan(20);
  });

  test('refused and repeated proposals are no arms', async () => {
    const engine = noisyEngine({
      gain: (n) => (n === 6 ? 4 : -1),
      options: {
        propose: (n) => (n === 2 || n === 3 ? { status: 'duplicate', reason: 'as #1', duplicateOf: 1 } : {}),
      },
    });
    const result = await run(engine, 'duplicates', { budget: { experiments: 6 } });
    expect(evidenceOf(engine, 6).contest?.arms).toEqual([1, 4, 5, 6]);
    expect(result.incumbent?.experiment).toBe(6);
  });

  test('the end of the budget concludes it with the arms that are there', async () => {
    const engine = noisyEngine({ gain: (n) => (n === 6 ? 4 : -1) });
    const result = await run(engine, 'rest', { budget: { experiments: 6 } });
    expect(evidenceOf(engine, 6).contest?.arms).toEqual([5, 6]);
    expect(result.incumbent?.experiment).toBe(6);
    expect(result.spent.experiments).toBe(6);
  });

  test('device hours end it without a verdict, and no seed is begun that they cannot pay for', async () => {
    const engine = noisyEngine({ gain: () => 0.1, noise: 5 });
    // a run takes 10 s: ten of the baseline, then three seeds of five runs
    const result = await run(engine, 'hours', { budget: { experiments: 8, deviceHours: 280 / 3600 } });
    expect(outcomes(engine).slice(1, 5)).toEqual(Array.from({ length: 4 }, () => 'inconclusive'));
    expect(rowOf(engine, 1).reason).toContain('stopped before');
    expect(result.spent.deviceSeconds).toBe(250);
    expect(result.incumbent?.experiment).toBe(0);
  });

  test('an arm that crashes is out, and ends as what it did', async () => {
    const engine = noisyEngine({ gain: (n) => (n === 2 || n === 3 ? 4 : -1) });
    const { activities } = engine;
    const healthy = activities.runCandidate.bind(activities);
    activities.runCandidate = async (request) => {
      const report = await healthy(request);
      const bad = request.role === 'candidate' && request.source.commit === engine.commitOf(2);
      return bad ? { ...report, status: 'crash', value: null, detail: 'segfault' } : report;
    };
    const result = await run(engine, 'crash');
    expect(rowOf(engine, 2)).toMatchObject({ outcome: 'crash' });
    expect(rowOf(engine, 2).measurements).toHaveLength(1);
    expect(result.incumbent?.experiment).toBe(3);
  });

  test('a metric without noise costs one run each and two a keep, and every keep stands at once', async () => {
    const engine = noisyEngine({ gain: (n) => (n % 2 === 0 ? 1 : -1), noise: 0 });
    const result = await run(engine, 'exact', { budget: { experiments: 5 } });
    expect(outcomes(engine)).toEqual(['keep', 'discard', 'keep', 'discard', 'keep', 'discard']);
    expect(engine.runs).toHaveLength(3 + 5 + 2);
    expect(result.incumbent).toMatchObject({ experiment: 4, value: 98 });
  });

  test.each([1, 6])(
    'with %i at a time the budget is exact and winners build on each other',
    async (concurrency) => {
      const engine = noisyEngine({ gain: (n) => (n % 3 === 0 ? 3 : -1) });
      const name = `budget-${String(concurrency)}`;
      const result = await run(engine, name, { budget: { experiments: 14 }, concurrency });
      expect(numbersOf(engine)).toEqual(Array.from({ length: 15 }, (_, n) => n));
      expect(result.spent.experiments).toBe(14);
      expect(engine.mostRunning).toBeLessThanOrEqual(concurrency);
      expect(engine.lineage(result.incumbent?.commit ?? '').length).toBeGreaterThan(2);
    },
  );

  test('guards run on the winner, and one that fails keeps nothing', async () => {
    const engine = noisyEngine({ gain: (n) => (n === 3 ? 4 : -1) });
    failGuards(engine);
    const result = await run(engine, 'guarded', { guards: [{ command: 'pytest' }] });
    expect(rowOf(engine, 3)).toMatchObject({ outcome: 'guard_failed', reason: 'pytest: 1 failed' });
    expect(engine.runs.filter(({ guards }) => guards.length > 0)).toHaveLength(1);
    expect(result.incumbent?.experiment).toBe(0);
  });

  test.each(['approve', 'reject'] as const)('its winner waits for a person: %s', async (answer) => {
    const engine = noisyEngine({ gain: (n) => (n === 3 ? 4 : -1) });
    const input = loopInput(`toy/${answer}`, contestTask({ approval: true }));
    const result = await withLoop(env, engine, input, async (handle) => {
      let status = await handle.query<LoopStatus>(QUERIES.status);
      while (status.awaitingApproval.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        status = await handle.query<LoopStatus>(QUERIES.status);
      }
      expect(status.awaitingApproval.map(({ experiment }) => experiment)).toEqual([3]);
      await handle.executeUpdate(UPDATES[answer], { args: [{ experiment: 3 }] });
      return await handle.result();
    });
    expect(rowOf(engine, 3).outcome).toBe(answer === 'approve' ? 'keep' : 'discard');
    expect(result.incumbent?.experiment).toBe(answer === 'approve' ? 3 : 0);
  });

  test('the holdout is asked about its winner before it is kept', async () => {
    const engine = noisyEngine({
      gain: (n) => (n === 3 || n === 7 ? 4 : -1),
      options: { holdout: ({ experiment }) => (experiment === 3 ? 'flat' : 'pays') },
    });
    const holdout = { vault: 'toy', command: 'score' };
    const result = await run(engine, 'holdout', { holdout, budget: { experiments: 8 } });
    expect(engine.questions.map(({ experiment }) => experiment)).toEqual([3, 7]);
    expect(rowOf(engine, 3).outcome).toBe('unconfirmed');
    expect(rowOf(engine, 7)).toMatchObject({ outcome: 'keep', against: 0 });
    expect(result.incumbent?.experiment).toBe(7);
  });
});

test('halving: the last of a batch meets the incumbent on fresh pairs', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 6 ? 4 : 0) });
  const acceptance = { rule: 'halving', arms: 8, pulls: 24 } as const;
  const result = await run(engine, 'halving', { acceptance, budget: { experiments: 8 } });
  expect(result.incumbent?.experiment).toBe(6);
  expect(rowOf(engine, 6).reason).toMatch(/first of the halving of 8 candidates: better by .* fresh pair/);
  expect(rowOf(engine, 1).reason).toContain('not among the best of its round');
  expect(rowOf(engine, 1).value).not.toBeNull();
  expect(engine.runs.filter(({ role }) => role === 'candidate').length).toBeLessThan(24 + 20);
});

test('hyperband: a run is told its share of the budget, and a part of it is no score', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 4 ? 4 : 0) });
  const acceptance = { rule: 'hyperband', eta: 3, rungs: 2 } as const;
  const result = await run(engine, 'hyperband', { acceptance, budget: { experiments: 5 } });
  expect(result.incumbent?.experiment).toBe(4);
  const small = engine.runs.filter(({ run: { env: given } }) => given['AUTOLIFT_FIDELITY'] === '0.333333');
  expect(small).toHaveLength(3);
  expect(small.every(({ run: { budgetSeconds } }) => Math.abs(budgetSeconds - 10 / 3) < 1e-9)).toBe(true);
  const whole = engine.runs.filter(({ run: { env: given } }) => given['AUTOLIFT_FIDELITY'] === '1');
  expect(whole.every(({ run: { budgetSeconds } }) => budgetSeconds === 10)).toBe(true);
  const beaten = [1, 2, 3]
    .map((n) => rowOf(engine, n))
    .filter(({ outcome, reason }) => outcome === 'discard' && reason.includes('round'));
  expect(
    beaten.every(
      ({ value, measurements }) => value === null && measurements.every((one) => one.value === null),
    ),
  ).toBe(true);
});
