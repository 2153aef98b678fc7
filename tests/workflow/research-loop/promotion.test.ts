import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import {
  acceptance,
  breakIncumbents,
  failGuards,
  noisyEngine,
  noisyTask,
  outcomes,
  promotions,
  rowOf,
} from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = (engine: FakeEngine, name: string, extra: Parameters<typeof noisyTask>[0] = {}) =>
  withLoop(env, engine, loopInput(`toy/${name}`, noisyTask(extra)), (handle) => handle.result());

test('a branch of real gains is tested on fresh shared seeds, promoted, and stands on fresh runs', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 2 || n === 3 ? 3 : -5) });
  const result = await run(engine, 'promoted');
  expect(outcomes(engine)).toEqual(['keep', 'discard', 'provisional', 'provisional', 'discard', 'keep']);
  const row = rowOf(engine, 5);
  expect(row).toMatchObject({ proposer: 'promotion', idea: 'promote 2 changes: #2, #3', against: 0 });
  expect(row.commit).toBe(engine.commitOf(3));
  expect(row.reason).toMatch(/better by .* e-value .*at most 5 % of tests/);
  expect(result.incumbent).toMatchObject({ experiment: 5, commit: engine.commitOf(3), n: 10 });
  expect(result.incumbent?.value).toBeCloseTo(94, 0);
  const left = row.measurements.filter(({ role }) => role === 'candidate');
  const right = row.measurements.filter(({ role }) => role === 'incumbent');
  for (const arm of right) expect(left.find(({ index }) => index === arm.index)?.seed).toBe(arm.seed);
  const seeds = engine.runs.filter(({ role }) => role !== 'incumbent').map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
});

test('a branch of lucky runs loses its test and is reset to the trunk', async () => {
  const engine = noisyEngine({ gain: () => 0, luck: (n) => (n <= 4 ? 5 * n : -9) });
  const result = await run(engine, 'lost', { budget: { experiments: 6 } });
  expect(outcomes(engine).slice(1, 5)).toEqual(Array.from({ length: 4 }, () => 'provisional'));
  expect(['discard', 'inconclusive']).toContain(promotions(engine)[0]?.outcome);
  expect(result.incumbent).toMatchObject({ experiment: 0 });
  expect(rowOf(engine, 6).against).toBe(0);
  expect(engine.heads.at(-1)).toBe(result.incumbent?.commit);
});

test('a metric without noise is recognised: every keep stands at once, after a run on a second seed', async () => {
  const engine = noisyEngine({ gain: (n) => (n % 2 === 0 ? 1 : -1), noise: 0 });
  const result = await run(engine, 'exact');
  expect(outcomes(engine)).toEqual(['keep', 'discard', 'keep', 'discard', 'keep', 'discard']);
  expect(result.incumbent).toMatchObject({ experiment: 4, value: 98 });
  expect(engine.runs.filter(({ role }) => role !== 'baseline')).toHaveLength(5 + 2);
});

test.each([1, 4])('with %i at a time the budget is exact, promotions included', async (concurrency) => {
  const engine = noisyEngine({ gain: (n) => (n % 3 === 0 ? 2 : -1) });
  const name = `exact-budget-${String(concurrency)}`;
  const result = await run(engine, name, { budget: { experiments: 23 }, concurrency });
  const numbers = engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 24 }, (_, n) => n));
  expect(result.spent.experiments).toBe(23);
  expect(promotions(engine).length).toBeGreaterThanOrEqual(3);
  expect(result.incumbent?.experiment).toBeGreaterThan(0);
  expect(engine.mostRunning).toBeLessThanOrEqual(concurrency);
});

test('what is provisional when the budget ends is tested with its last experiment', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 1 ? 5 : -5) });
  const result = await run(engine, 'last', { budget: { experiments: 3 } });
  expect(outcomes(engine)).toEqual(['keep', 'provisional', 'discard', 'keep']);
  expect(result.incumbent?.experiment).toBe(3);
});

test('a change that does not matter is dropped after the test', async () => {
  const engine = noisyEngine({
    gain: (n) => (n === 1 ? 6 : n === 2 ? 0 : -9),
    luck: (n) => (n === 2 ? 3 : 0),
  });
  await run(engine, 'pruned', { acceptance: { ...acceptance, margin: 2 } });
  const row = rowOf(engine, 5);
  expect(row.outcome).toBe('keep');
  expect(row.reason).toContain('without #2');
  expect(engine.lineage(row.commit ?? '')).toEqual([1]);
  expect(row.verdict?.evidence).toMatchObject({ promoted: ['1'] });
});

test('a change that the others cannot do without stays', async () => {
  const engine = noisyEngine({
    gain: (n) => (n === 1 || n === 2 ? 3 : -9),
    options: { compose: () => null },
  });
  await run(engine, 'needed', { acceptance: { ...acceptance, margin: 20 } });
  expect(rowOf(engine, 5)).toMatchObject({ outcome: 'keep', commit: engine.commitOf(2) });
});

test('guards run before a promotion, and one that fails resets the branch', async () => {
  const engine = noisyEngine({ gain: () => 3 });
  failGuards(engine);
  const result = await run(engine, 'guarded', { guards: [{ command: 'pytest' }] });
  expect(rowOf(engine, 5)).toMatchObject({ outcome: 'guard_failed', reason: 'pytest: 1 failed' });
  expect(result.incumbent?.experiment).toBe(0);
  expect(engine.runs.filter(({ guards }) => guards.length > 0)).toHaveLength(1);
});

test('a promotion is what waits for a person, and no scout does', async () => {
  const engine = noisyEngine({ gain: () => 3 });
  const input = loopInput('toy/asked', noisyTask({ approval: true, budget: { experiments: 10 } }));
  const status = await withLoop(env, engine, input, async (handle) => {
    const waitFor = async (ready: (one: LoopStatus) => boolean) => {
      for (;;) {
        const now = await handle.query<LoopStatus>(QUERIES.status);
        if (ready(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const first = await waitFor(({ awaitingApproval }) => awaitingApproval.length > 0);
    const [rejected] = first.awaitingApproval;
    await handle.executeUpdate(UPDATES.reject, {
      args: [{ experiment: rejected?.experiment, reason: 'ugly' }],
    });
    const second = await waitFor(({ awaitingApproval }) => awaitingApproval.length > 0);
    await handle.executeUpdate(UPDATES.approve, {
      args: [{ experiment: second.awaitingApproval[0]?.experiment }],
    });
    await handle.result();
    return [first, second];
  });
  const [no, yes] = promotions(engine);
  const asked = status.flatMap(({ awaitingApproval }) =>
    awaitingApproval.map(({ experiment }) => experiment),
  );
  expect(asked).toEqual([no?.experiment, yes?.experiment]);
  expect(no).toMatchObject({ outcome: 'discard', reason: 'rejected: ugly' });
  expect(yes).toMatchObject({ outcome: 'keep', against: 0 });
});

test.each(['finish', 'cancel'] as const)('stop %s in the middle of a test leaves its row', async (mode) => {
  const engine = noisyEngine({ gain: () => 0.2, noise: 4, luck: () => 20, options: { runMs: 50 } });
  const input = loopInput(`toy/stop-${mode}`, noisyTask({ budget: { experiments: 50 } }));
  const result = await withLoop(env, engine, input, async (handle) => {
    while ((await handle.query<LoopStatus>(QUERIES.status)).promotion?.phase !== 'test') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await handle.executeUpdate(UPDATES.stop, { args: [{ mode }] });
    return await handle.result();
  });
  expect(promotions(engine)).toHaveLength(1);
  expect(promotions(engine)[0]?.outcome).toBe(mode === 'finish' ? 'inconclusive' : 'cancelled');
  expect(result.incumbent?.experiment).toBe(0);
});

test('a promotion goes on where it was when infrastructure failed and a person resumes', async () => {
  const engine = noisyEngine({ gain: () => 3 });
  const mend = breakIncumbents(engine);
  const input = loopInput('toy/resumed', noisyTask());
  const result = await withLoop(env, engine, input, async (handle) => {
    while ((await handle.query<LoopStatus>(QUERIES.status)).phase !== 'paused') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    mend();
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    return await handle.result();
  });
  expect(rowOf(engine, 5).outcome).toBe('keep');
  expect(result.incumbent?.experiment).toBe(5);
});

test('with paired scouts a candidate meets the trunk on one of its own seeds', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 2 ? 3 : -5) });
  await run(engine, 'paired', { acceptance: { ...acceptance, pairedScouts: true } });
  const baseline = rowOf(engine, 0).measurements.map(({ seed }) => seed);
  const scouts = [1, 2, 3, 4].map((n) => rowOf(engine, n).measurements[0]?.seed);
  expect(new Set(scouts)).toEqual(new Set([baseline[0]]));
});

test('a plateau is counted by promotions, and what is provisional is tested before the loop gives up', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 2 ? 4 : -5) });
  const extra = { budget: { experiments: 60 }, stop: { plateau: 3 } };
  const result = await run(engine, 'plateau', { ...extra, acceptance: { ...acceptance, every: 20 } });
  expect(outcomes(engine).slice(0, 5)).toEqual(['keep', 'discard', 'provisional', 'discard', 'keep']);
  expect(result.stopped).toContain('plateau');
  expect(result.incumbent?.value).toBeCloseTo(96, 0);
});

test('a provisional value reaches no target', async () => {
  const engine = noisyEngine({ gain: () => 0, luck: (n) => (n === 1 ? 50 : -5) });
  const result = await run(engine, 'target', { stop: { target: 60 } });
  expect(result.stopped).toContain('budget spent');
  expect(result.incumbent?.experiment).toBe(0);
});

test('device hours end a test without a verdict', async () => {
  const engine = noisyEngine({ gain: () => 0.2, noise: 4, luck: () => 20 });
  // a run takes 10 s: ten of the baseline, one scout, and four pairs; for a fifth there is time for one arm only
  const result = await run(engine, 'hours', { budget: { experiments: 50, deviceHours: 200 / 3600 } });
  expect(promotions(engine)).toMatchObject([{ outcome: 'inconclusive' }]);
  expect(result.spent.deviceSeconds).toBe(190);
  expect(result.incumbent?.experiment).toBe(0);
});

test('a long loop continues as new between its promotions and loses none', { timeout: 120_000 }, async () => {
  const engine = noisyEngine({ gain: (n) => (n % 5 === 0 ? 1 : -1) });
  const acceptanceOften = { ...acceptance, every: 10 };
  const result = await run(engine, 'long', {
    acceptance: acceptanceOften,
    budget: { experiments: 300 },
    concurrency: 4,
  });
  expect(result.spent.experiments).toBe(300);
  const numbers = engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 301 }, (_, n) => n));
  const kept = promotions(engine).filter(({ outcome }) => outcome === 'keep');
  expect(kept.length).toBeGreaterThan(10);
  const gained = engine
    .lineage(result.incumbent?.commit ?? '')
    .reduce((sum, n) => sum + (n % 5 === 0 ? 1 : -1), 0);
  expect(result.incumbent?.value).toBeCloseTo(100 - gained, 0);
});
