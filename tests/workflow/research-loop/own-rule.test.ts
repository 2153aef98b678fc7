import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES } from '../../../src/contract/names.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { random } from '../../../src/domain/random.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { noisyEngine } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

/** A noisy metric in which each commit has a level of its own; some runs crash. */
const noisy = () =>
  new FakeEngine((_, { source, seed }) => {
    const level = 5 - random('level', source.commit).next();
    const draw = random('noise', source.commit, seed);
    return draw.next() < 0.05 ? { status: 'crash', value: null, detail: 'boom' } : level + 0.3 * draw.next();
  });

test.each(['strict', 'floor', 'confirm', 'paired-t', 'sprt', 'screen+sprt', 'intensify'] as const)(
  'a loop that ran under %s, replayed under it, gives every recorded verdict again',
  async (rule) => {
    const engine = noisy();
    const acceptance = { rule, n: 3, nmax: 6, repeats: 4, minEffect: 0.01 };
    const task = taskWith({ acceptance, budget: { experiments: 25 }, seed: 4 });
    const input = loopInput(`toy/own-${rule.replace('+', '-')}`, task);
    await withLoop(env, engine, input, (handle) => handle.result());
    const replayed = replay(fromRecord(recordOf(engine, input)), task.acceptance);
    expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
    expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
      engine.rows.filter(({ experiment }) => experiment > 0).map(({ reason }) => reason),
    );
    expect(replayed.kept).toBeGreaterThan(0);
  },
);

test.each(['strict', 'confirm'] as const)(
  'so does one under %s with sixteen runs at a time: what ends together is not kept against the same incumbent',
  async (rule) => {
    const engine = noisy();
    const acceptance = { rule, n: 2, repeats: 2 };
    const task = taskWith({ acceptance, budget: { experiments: 120 }, seed: 2, concurrency: 16 });
    const input = loopInput(`toy/together-${rule}`, task);
    await withLoop(env, engine, input, (handle) => handle.result());
    const replayed = replay(fromRecord(recordOf(engine, input)), task.acceptance);
    expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
  },
);

test.each([1, 4])(
  'so does one under branch+promote, %i at a time: scouts, tests, leave-one-out, guards and new trunks',
  async (concurrency) => {
    const engine = noisyEngine({
      gain: (n) => [-4, 1.5, 0, 3, -2][n % 5] ?? 0,
      luck: (n) => (n % 5 === 2 ? 6 : 0),
      noise: 2,
    });
    const { activities } = engine;
    const healthy = activities.runCandidate.bind(activities);
    let guarded = 0;
    activities.runCandidate = async (request) => {
      const report = await healthy(request);
      const fails = request.guards.length > 0 && guarded++ === 0;
      return fails ? { ...report, status: 'guard_failed', detail: 'pytest: 1 failed' } : report;
    };
    const task = taskWith({
      acceptance: { rule: 'branch+promote', every: 6, margin: 1.2, minEffect: '0.5%' },
      guards: [{ command: 'pytest' }],
      budget: { experiments: 70 },
      concurrency,
    });
    const input = loopInput(`toy/own-branch-${String(concurrency)}`, task);
    const { promotion } = await withLoop(env, engine, input, async (handle) => {
      await handle.result();
      return await handle.query<LoopStatus>(QUERIES.status);
    });
    const record = recordOf(engine, input);
    expect(summarizeLoop(record).promotion).toEqual(promotion);
    const replayed = replay(fromRecord(record), task.acceptance);
    expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
    expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
      engine.rows.filter(({ experiment }) => experiment > 0).map(({ reason }) => reason),
    );
    expect(engine.rows.map(({ outcome }) => outcome)).toContain('guard_failed');
    expect(replayed.kept).toBeGreaterThan(0);
    expect(replayed.verdicts.some(({ reason }) => reason.includes('without #'))).toBe(true);
    const forged = fromRecord(record);
    for (const row of forged.experiments)
      for (const pair of row.promotion?.pairs ?? []) pair.left = pair.right;
    const found = replay(forged, task.acceptance);
    expect(found.changed.length + found.unknown).toBeGreaterThan(0);
  },
);
