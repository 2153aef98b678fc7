import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { LoopInput, LoopStatus } from '../../../src/contract/loop.js';
import type { Json } from '../../../src/contract/json.js';
import type { Directive } from '../../../src/contract/mechanism.js';
import { QUERIES } from '../../../src/contract/names.js';
import type { SteerRequest } from '../../../src/contract/steer.js';
import { project } from '../../../src/domain/method/project.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { findAgain } from '../../../src/domain/steering/find-again.js';
import { readPast } from '../../../src/domain/steering/trials.js';
import { curveSeries } from '../../../src/report/curve/curve-series.js';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { methodWith } from '../../support/method-files.js';
import { contextOf } from '../../support/mechanism-context.js';
import { load } from '../../support/mechanism-library.js';
import { recordOf } from '../../support/record-of.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const under = (loop: string, experiments: number): LoopInput => {
  const mechanism = { 'process/mechanism.js': "export const meta = { name: 'toy' };" };
  const { task, policy } = project(methodWith(mechanism), taskWith({ budget: { experiments } }));
  return { ...loopInput(loop, task), method: { ref: 'method', hash: 'e'.repeat(64), policy } };
};

/** What is asked of some experiments by their number. */
const byNumber =
  (said: Partial<Record<number, Partial<Directive>>>) =>
  ({ experiment }: SteerRequest): Directive => ({ why: '', ...said[experiment] });

/** An engine with a mechanism, and what the steering activity makes of its answers. */
const saying = (
  score: (experiment: number, commit: string) => number,
  directiveOf: (request: SteerRequest, rows: FakeEngine['rows']) => Directive,
): FakeEngine => {
  const engine: FakeEngine = new FakeEngine((experiment, { source }) => score(experiment, source.commit), {
    steer: (request) => {
      const { steering, source } = request;
      const directive = directiveOf(request, engine.rows);
      const again = findAgain(directive, engine.rows, source.baseCommit);
      return {
        guidance: { directive, mechanism: 'toy', parent: null, ...(again === null ? {} : { again }) },
        record: { ...steering.record, calls: steering.record.calls + 1 },
      };
    },
    propose: (experiment, { method }) => ({
      steering: {
        directive: null,
        mechanism: 'toy',
        parent: null,
        ...method?.guidance,
        moves: method?.guidance.directive?.move ?? [{ knob: `k${String(experiment)}`, step: 1 }],
        settings: {},
        compliance: null,
      },
    }),
  });
  return engine;
};

const KNOBS = Array.from({ length: 8 }, (_, index) => `k${String(index + 1)}`);
const AT_REST = Object.fromEntries(KNOBS.map((id) => [id, 0]));

/** The library's own mechanism in the place of the steering activity, told what the loop's rows say. */
const steeredBy = async (
  name: string,
  score: (experiment: number, commit: string) => number,
): Promise<FakeEngine> => {
  const mechanism = await load(name);
  let state: Json = null;
  let told = 0;
  return saying(score, ({ incumbent, source, noise }, rows) => {
    const { trials, elites } = readPast({
      rows,
      direction: 'minimize',
      sigma: noise?.sigma ?? 0,
      base: {},
      baseCommit: source.baseCommit,
    });
    const now = contextOf({
      space: KNOBS.map((id) => ({ id, kind: 'number' })),
      incumbent: { id: incumbent.experiment, config: AT_REST, mean: 0, se: 0, n: 1 },
      trials,
      elites,
    });
    if (told === 0) state = mechanism.init(now);
    for (const trial of trials.slice(told)) state = mechanism.observe(trial, state);
    told = trials.length;
    const [directive, next] = mechanism.propose(now, state);
    state = next;
    return directive;
  });
};

const rowsOf = (engine: FakeEngine) => engine.rows.toSorted((a, b) => a.experiment - b.experiment);

test('a candidate gets the part of a run that was asked for, and is no keep for it until it had a whole one', async () => {
  const part = { fidelity: 0.25 };
  const engine = saying(
    (experiment) => [5, 1, 2, 4, 3][experiment] ?? 9,
    byNumber({ 1: part, 2: part, 4: { replicate: { id: 2, n: 1 }, fidelity: 1 } }),
  );
  const input = under('toy/parts', 4);
  await withLoop(env, engine, input, (handle) => handle.result());
  const shares = engine.runs.map(({ key, run }) => [
    key.slice(input.loop.length),
    run.budgetSeconds / input.task.run.budget,
    run.env['AUTOLIFT_FIDELITY'],
  ]);
  expect(shares).toEqual(
    expect.arrayContaining([
      ['/1/candidate/0', 0.25, '0.25'],
      ['/2/candidate/0', 0.25, '0.25'],
      ['/3/candidate/0', 1, undefined],
      ['/4/candidate/0', 1, undefined],
    ]),
  );
  const [, first, second, third, fourth] = rowsOf(engine);
  for (const row of [first, second]) {
    expect(row).toMatchObject({ outcome: 'inconclusive', value: null, verdict: null });
    expect(row?.reason).toContain('with 0.25 of the budget');
    expect(row?.measurements).toMatchObject([{ value: null, metrics: { fidelity: 0.25 } }]);
  }
  expect(first?.steering?.seen).toEqual({ value: 1, n: 1, fidelity: 0.25, of: null });
  expect(third).toMatchObject({ outcome: 'keep', value: 4, against: 0 });
  // the whole run of what was only looked at is judged by the rule, against the incumbent of then
  expect(fourth).toMatchObject({ outcome: 'keep', value: 3, against: 3, proposer: 'mechanism' });
  expect(fourth?.idea).toContain('#2 again');
  expect(engine.proposeCalls.flatMap(({ experiments }) => experiments)).toEqual([1, 2, 3]);
  const record = recordOf(engine, input);
  const curve = curveSeries(summarizeLoop(record));
  expect(curve.points.map(({ value }) => value)).toEqual([null, null, 4, 3]);
  const replayed = replay(fromRecord(record), input.task.acceptance);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
});

test('a trial is measured again on fresh seeds, and a lucky incumbent loses its luck', async () => {
  const lucky = (experiment: number) => ({ 0: 5, 1: 1, 2: 4, 3: 3 })[experiment] ?? 9;
  const engine = saying(
    lucky,
    byNumber({ 2: { replicate: { id: 1, n: 3 } }, 4: { replicate: { id: 0, n: 64 } } }),
  );
  const input = under('toy/again', 6);
  const status = await withLoop(env, engine, input, async (handle) => {
    await handle.result();
    return await handle.query<LoopStatus>(QUERIES.status);
  });
  const rows = rowsOf(engine);
  const [, kept, again, better, old] = rows;
  expect(kept).toMatchObject({ outcome: 'keep', value: 1 });
  expect(again).toMatchObject({
    outcome: 'inconclusive',
    value: null,
    proposer: 'mechanism',
    commit: kept?.commit,
    steering: { seen: { value: 4, n: 3, fidelity: 1, of: 1 }, compliance: { complied: true } },
  });
  expect(again?.reason).toContain('measured #1 again: 4 ± 0 over 3 runs; it stands on');
  expect(again?.measurements.map(({ role }) => role)).toEqual(['incumbent', 'incumbent', 'incumbent']);
  // before, nothing above 1 was a gain
  expect(better).toMatchObject({ outcome: 'keep', value: 3, against: 1 });
  // only one experiment is left for it
  expect(old).toMatchObject({ steering: { seen: { value: 9, n: 1, of: 0 } } });
  expect(status).toMatchObject({ incumbent: { experiment: 3, value: 3 }, spent: { experiments: 6 } });
  expect(rows).toHaveLength(5);
  const seeds = engine.runs.map(({ seed }) => seed);
  expect(new Set(seeds).size).toBe(seeds.length);
  const replayed = replay(fromRecord(recordOf(engine, input)), input.task.acceptance);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0 });
});

test('successive halving looks at many on a quarter of a run, and keeps the best on a whole one', async () => {
  // the first eight move a knob each, the sixth of them the best
  const keyOf = (experiment: number): number => {
    const asked = engine.proposeCalls.find(({ experiments }) => experiments.includes(experiment));
    const [move] = asked?.method?.guidance.directive?.move ?? [];
    return move === undefined ? experiment : Number(move.knob.slice(1));
  };
  const engine = await steeredBy('halving', (experiment) =>
    experiment === 0 ? 5 : (keyOf(experiment) + 2) % 8,
  );
  const input = under('toy/halving', 14);
  await withLoop(env, engine, input, (handle) => handle.result());
  const rows = rowsOf(engine).slice(1);
  expect(rows.map(({ steering }) => steering?.seen?.fidelity ?? 1)).toEqual([
    ...Array.from({ length: 8 }, () => 0.25),
    ...Array.from({ length: 4 }, () => 0.5),
    1,
    1,
  ]);
  expect(rows.slice(8).map(({ experiment }) => keyOf(experiment))).toEqual([6, 7, 8, 1, 6, 7]);
  expect(rows.filter(({ outcome }) => outcome === 'keep')).toMatchObject([{ experiment: 13, value: 0 }]);
  expect(rows.at(-1)).toMatchObject({ outcome: 'discard', against: 13 });
});
