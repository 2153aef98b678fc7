import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { random } from '../../../src/domain/random.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const maximize = { metric: { name: 'accuracy', direction: 'maximize' } } as const;

/** Every artifact is as good as every other: an accuracy of two digits that says 0.90 three times, and then wobbles. */
const rounded = () =>
  new FakeEngine((_, { source, seed, role }) => {
    if (role === 'baseline') return 0.9;
    const draw = random('noise', source.commit, seed).next() + random('more', source.commit, seed).next();
    return Math.round(100 * (0.9 + 0.03 * (draw - 1))) / 100;
  });

const baselines = ({ runs }: FakeEngine) => runs.filter(({ role }) => role === 'baseline').length;

test.each([1, 3])(
  'a coarse metric that passed for still is found out before its first keep, %i at a time, and is tested from there on',
  async (concurrency) => {
    const engine = rounded();
    const acceptance = { rule: 'branch+promote', every: 4 } as const;
    const task = taskWith({ acceptance, measure: maximize, budget: { experiments: 14 }, concurrency });
    const input = loopInput(`toy/coarse-${String(concurrency)}`, task);
    const status = await withLoop(env, engine, input, async (handle) => {
      await handle.result();
      return await handle.query<LoopStatus>(QUERIES.status);
    });
    expect(baselines(engine)).toBe(3);
    const found = engine.rows.filter(({ reason }) => reason.includes('the metric is not deterministic'));
    expect(found).toHaveLength(1);
    expect(found[0]?.outcome).toBe('inconclusive');
    expect(status.noise?.sigma).toBeGreaterThan(0.004);
    expect(status.promotion).not.toBeNull();
    expect(engine.rows.some(({ outcome }) => outcome === 'provisional')).toBe(true);
    expect(engine.events.some(({ text }) => text.includes('A/A: branch+promote keeps'))).toBe(true);
    const record = recordOf(engine, input);
    const { promotion, noise } = summarizeLoop(record);
    expect(noise).toEqual(status.noise);
    // rows that end in one millisecond are summed up in the order of their numbers
    if (concurrency === 1) expect(promotion).toEqual(status.promotion);
    const replayed = replay(fromRecord(record), task.acceptance);
    expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
    expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
      engine.rows.filter(({ experiment }) => experiment > 0).map(({ reason }) => reason),
    );
  },
);

test('a rule that can not be trusted with the noise that was found pauses the loop, and a person may go on', async () => {
  const engine = rounded();
  const acceptance = { rule: 'strict', falseKeeps: 0.2 } as const;
  const task = taskWith({ acceptance, measure: maximize, budget: { experiments: 12 } });
  const input = loopInput('toy/coarse-strict', task);
  await withLoop(env, engine, input, async (handle) => {
    const look = () => handle.query<LoopStatus>(QUERIES.status);
    await expect.poll(async () => (await look()).phase, { timeout: 60_000 }).toBe('paused');
    expect((await look()).note).toMatch(/the metric is not deterministic.*A\/A self-test: strict would keep/);
    await handle.executeUpdate(UPDATES.resume, { args: [{}] });
    return await handle.result();
  });
  const replayed = replay(fromRecord(recordOf(engine, input)), task.acceptance);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
});

test('without noise a keep costs two runs and everything else one', async () => {
  const engine = new FakeEngine((experiment) => 5 - (experiment % 2 === 0 ? experiment : 0));
  const task = taskWith({ acceptance: { rule: 'branch+promote' }, budget: { experiments: 4 } });
  const input = loopInput('toy/still', task);
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  expect(result.outcomes).toEqual({ keep: 2, discard: 2 });
  expect(engine.runs).toHaveLength(3 + 4 + 2);
  const replayed = replay(fromRecord(recordOf(engine, input)), task.acceptance);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
});

/** Still but for what is kept first: lucky on its own two seeds, and `again` whenever it is run beside others. */
const keptFirst = (kept: number, again: (nth: number) => number): FakeEngine => {
  const engine: FakeEngine = new FakeEngine((_, { source, key, role }) => {
    const nth = Number(key.split('/').at(-1));
    const [last] = engine.lineage(source.commit).slice(-1);
    if (last === undefined) return 1;
    if (last === 1) return role === 'candidate' ? kept : again(nth);
    return last === 2 && nth < 2 ? 0.3 + 0.05 * nth : 9;
  });
  return engine;
};

const found = async (name: string, engine: FakeEngine) => {
  const acceptance = { rule: 'branch+promote', falseKeeps: 1 } as const;
  const task = taskWith({ acceptance, budget: { experiments: 4 }, ahead: 0, concurrency: 1 });
  const input = loopInput(`toy/${name}`, task);
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  const record = recordOf(engine, input);
  const replayed = replay(fromRecord(record), task.acceptance);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
  expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
    engine.rows.slice(1).map(({ reason }) => reason),
  );
  const proofs = engine.events.filter(({ text }) => text.includes('put to the proof'));
  expect(proofs).toHaveLength(1);
  return { result, summary: summarizeLoop(record), proof: proofs[0]?.text, input };
};

test('a coin that was kept by luck is taken back once the metric is found to be noisy', async () => {
  const engine = keptFirst(0.9, (nth) => (nth % 2 === 0 ? 0.9 : 5));
  const { result, summary, proof, input } = await found('coin', engine);
  expect(engine.rows[1]?.outcome).toBe('keep');
  expect(proof).toMatch(/^#1 kept while the metric was taken for still: put to the proof and taken back/);
  expect(result.incumbent).toMatchObject({ experiment: 0, value: 1, n: 10 });
  expect(engine.reverts).toEqual([{ experiment: 0, to: input.source.baseCommit }]);
  expect(summary.best?.experiment).toBe(0);
  expect(summary.standings.incumbent).toMatchObject({
    ...result.incumbent,
    branchCommit: expect.any(String) as string,
  });
  expect(summary.gain).toBeNull();
  const beside = engine.runs.filter(({ key, role }) => key.includes('/2/') && role !== 'candidate');
  const seedsOf = (wanted: string) => beside.flatMap(({ role, seed }) => (role === wanted ? [seed] : []));
  expect(seedsOf('baseline')).toHaveLength(10);
  expect(seedsOf('baseline')).toEqual(seedsOf('incumbent'));
});

test('a keep that is truly better stays when the metric is found to be noisy', async () => {
  const engine = keptFirst(0.5, (nth) => 0.5 + 0.01 * (nth % 3));
  const { result, summary, proof } = await found('honest', engine);
  expect(proof).toMatch(
    /^#1 kept while the metric was taken for still: put to the proof, and #1 stands: better/,
  );
  expect(result.incumbent?.experiment).toBe(1);
  expect(engine.reverts).toEqual([]);
  expect(summary.best?.experiment).toBe(1);
  expect(summary.standings.incumbent).toMatchObject({
    ...result.incumbent,
    branchCommit: expect.any(String) as string,
  });
});
