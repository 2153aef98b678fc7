import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES } from '../../../src/contract/names.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { acceptance, noisyTask, promotions, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

/** By how much the branch is better in each pair of a promotion test, by the number of the test; null: it crashes. The last one goes on. */
type Gains = Record<number, readonly (number | null)[]>;

/** A few pairs that scatter as ten runs of the baseline do; `t` would not yet keep on them. */
const STEADY = [0.2, 1.1, 0.3, 1, 0.7, 0.9];
const WILD = [20, -18, 25, -30, 8, -60, -40];

/** A loss of 100, from runs that differ by 0.3 at the start; of scouts #2 and #8 look better. */
const engineOf = (gains: Gains): FakeEngine => {
  const first = new Map<number, number>();
  return new FakeEngine((_, { key, role }) => {
    const [experiment, index] = [Number(key.split('/').at(-3)), Number(key.split('/').at(-1))];
    if (role === 'baseline') return index % 2 === 0 ? 100.3 : 99.7;
    const d = gains[experiment];
    if (d === undefined) return experiment === 2 ? 90 : experiment === 8 ? 0 : 200;
    const begun = first.get(experiment) ?? index;
    first.set(experiment, begun);
    const gain = index - begun < d.length ? d[index - begun] : d.at(-1);
    if (role !== 'incumbent' && gain === null) return { status: 'crash', value: null, detail: 'exit code 3' };
    return role === 'incumbent' ? 100 : 100 - (gain ?? 0);
  });
};

const run = async (engine: FakeEngine, name: string, experiments: number, extra: object = {}) => {
  const rule = { ...acceptance, ...extra };
  const task = noisyTask({ budget: { experiments }, ahead: 0, concurrency: 1, acceptance: rule });
  const input = loopInput(`toy/${name}`, task);
  const { result, status } = await withLoop(env, engine, input, async (handle) => ({
    result: await handle.result(),
    status: await handle.query<LoopStatus>(QUERIES.status),
  }));
  const record = recordOf(engine, input);
  const replayed = replay(fromRecord(record), task.acceptance);
  return { result, status, summary: summarizeLoop(record), replayed };
};

test('noise that has grown is told, and what was promoted under the smaller one is tested again and falls', async () => {
  const engine = engineOf({ 5: STEADY, 10: WILD, 11: [-50, 10, -60, -20, -80] });
  const { result, status, summary, replayed } = await run(engine, 'grown', 11);
  expect(promotions(engine).map(({ outcome }) => outcome)).toEqual(['keep', 'discard', 'discard']);
  const [kept, wild, again] = promotions(engine).map(({ reason }) => reason);
  expect(kept).toContain('e-value 21 of 20 (z); a branch that is no better passes at most 5 % of tests');
  expect(wild).toMatch(/\(t, as the pairs scatter more than z may trust in\)/);
  expect(wild).toMatch(/scatter by \d+ where 0\.45 was planned: noise measured anew: σ \d+/);
  expect(wild).toMatch(
    /#5 would not have been promoted with so much noise: back on the branch, to be tested again$/,
  );
  expect(again).toMatch(/^worse by .* \(t\): hopeless/);
  expect(rowOf(engine, 11)).toMatchObject({ idea: 'promote 1 change: #5', against: 0 });
  expect(engine.reverts.map(({ experiment }) => experiment)).toEqual([0]);
  expect(result.incumbent?.experiment).toBe(0);
  expect(status.noise?.sigma).toBeGreaterThan(15);
  expect(engine.events.some(({ kind, text }) => kind === 'notice' && text.includes('measured anew'))).toBe(
    true,
  );
  expect(summary.noise).toEqual(status.noise);
  expect(summary.promotion).toEqual(status.promotion);
  expect(summary.best?.experiment).toBe(0);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
  expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
    engine.rows.slice(1).map(({ reason }) => reason),
  );
});

test('a promotion in doubt that wins again stands again', async () => {
  const engine = engineOf({ 5: STEADY, 10: WILD, 11: [60, 70, 65, 68, 62, 66, 61, 64] });
  const { result, summary, status } = await run(engine, 'again', 11);
  expect(promotions(engine).map(({ outcome }) => outcome)).toEqual(['keep', 'discard', 'keep']);
  const { commit } = rowOf(engine, 5);
  expect(result.incumbent).toMatchObject({ experiment: 11, commit });
  expect(summary.best?.experiment).toBe(11);
  expect(summary.noise).toEqual(status.noise);
});

test('one pair as good as a heavy tail gives promotes nothing: three are needed, and they scatter', async () => {
  const engine = engineOf({ 5: [40, -1, 0.5, -2, 1, -3, 0] });
  const { result } = await run(engine, 'tail', 5);
  expect(promotions(engine).map(({ outcome }) => outcome)).not.toContain('keep');
  expect(result.incumbent?.experiment).toBe(0);
});

test('a bet that counts crashes of the branch learns no noise from them', async () => {
  const engine = engineOf({ 5: [0.6, 0.6, null, null] });
  const { status, summary, replayed } = await run(engine, 'crashes', 5, { evidence: 'bet' });
  const [tested] = promotions(engine);
  expect(tested?.reason).toMatch(/failed runs? of the branch counted as -/);
  expect(tested?.reason).not.toContain('noise measured anew');
  expect(status.noise).toEqual(summary.noise);
  expect(replayed.verdicts.map(({ verdict }) => verdict)).toEqual(
    replayed.verdicts.map(({ recorded }) => recorded),
  );
});
