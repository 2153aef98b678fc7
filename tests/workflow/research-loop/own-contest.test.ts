import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
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

/** Some gains, some losses, crashes now and then, and the first guard run fails. */
const eventful = () => {
  const engine = noisyEngine({ gain: (n) => [-2, 0.2, 0, 2.5, -1][n % 5] ?? 0, noise: 1 });
  const { activities } = engine;
  const healthy = activities.runCandidate.bind(activities);
  let guarded = 0;
  activities.runCandidate = async (request) => {
    const report = await healthy(request);
    if (request.role === 'candidate' && request.seed % 23 === 0)
      return { ...report, status: 'crash', value: null, detail: 'boom' };
    const fails = request.guards.length > 0 && guarded++ === 0;
    return fails ? { ...report, status: 'guard_failed', detail: 'pytest: 1 failed' } : report;
  };
  return engine;
};

test.each([
  ['race', 1],
  ['race', 4],
  ['halving', 4],
  ['hyperband', 1],
] as const)(
  'a loop that ran under %s, %i at a time, replayed under it, gives every verdict again',
  async (rule, concurrency) => {
    const engine = eventful();
    const task = taskWith({
      acceptance: { rule, arms: 5, nmax: 12, rungs: 2, pulls: 20, minEffect: '0.2%' },
      guards: [{ command: 'pytest' }],
      budget: { experiments: 23 },
      concurrency,
    });
    const input = loopInput(`toy/own-${rule}-${String(concurrency)}`, task);
    const result = await withLoop(env, engine, input, (handle) => handle.result());
    const record = recordOf(engine, input);
    const replayed = replay(fromRecord(record), task.acceptance);
    expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
    expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
      engine.rows.filter(({ experiment }) => experiment > 0).map(({ reason }) => reason),
    );
    expect(replayed.kept).toBeGreaterThan(0);
    // this engine's runs last as long whatever their share of the budget, which is said once
    const alarms = rule === 'hyperband' ? [expect.objectContaining({ mode: 'idle-rungs' })] : undefined;
    expect(result.alarms).toEqual(alarms);

    const forged = fromRecord(record);
    for (const { contest } of forged.experiments)
      for (const { cells } of contest?.table?.blocks ?? [])
        for (const arm of Object.keys(cells)) cells[Number(arm)] = 0;
    const found = replay(forged, task.acceptance);
    expect(found.changed.length + found.unknown).toBeGreaterThan(0);

    const stricter = replay(fromRecord(record), { ...task.acceptance, alpha: 0.0001 });
    expect(stricter.ownRule).toBe(false);
    expect(
      stricter.unknown + stricter.verdicts.filter(({ verdict }) => verdict === 'discard').length,
    ).toBeGreaterThan(0);
    expect(stricter.kept).toBeLessThanOrEqual(replayed.kept);
  },
);

test('of candidates that were run one by one a race can say nothing', async () => {
  const engine = noisyEngine({ gain: () => 0 });
  const task = taskWith({ acceptance: { rule: 'sprt', nmax: 4 }, budget: { experiments: 5 } });
  const input = loopInput('toy/one-by-one', task);
  await withLoop(env, engine, input, (handle) => handle.result());
  const replayed = replay(fromRecord(recordOf(engine, input)), { ...task.acceptance, rule: 'race' });
  expect(replayed.unknown).toBe(5);
  expect(replayed.verdicts[0]?.reason).toContain('is not in the record');
});
