import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoopInput, LoopStatus } from '../../../src/contract/loop.js';
import { QUERIES, UPDATES } from '../../../src/contract/names.js';
import type { RunReport } from '../../../src/contract/run-schema.js';
import { FakeEngine, stewardSays } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoopBut } from '../../support/run-loop.js';
import { type Dropped, startTemporal } from '../../support/temporal.js';
import { noisyEngine } from './noisy-world.js';
import { climbing, taskOf } from './validated-loop.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

interface Ended {
  engine: FakeEngine;
  /** when the loop paused, failed or ended */
  status: LoopStatus;
}

interface Rigged extends Dropped {
  guard: string;
  level?: number;
  task: LoopInput['task'];
  engine: () => FakeEngine;
  /** what the guard is there to prevent */
  passes: (ended: Ended) => boolean;
}

const LOOP = 'workflows/research-loop';

const endOf = async (dropped: Dropped | undefined, rigged: Rigged, name: string): Promise<Ended> => {
  const engine = rigged.engine();
  const input = { ...loopInput(`toy/${name}`, rigged.task), level: rigged.level ?? 0 };
  return await withLoopBut(dropped, { env, engine, input }, async (handle) => {
    const end = { over: false };
    const result = handle
      .result()
      .catch(() => null)
      .finally(() => (end.over = true));
    const look = () => handle.query<LoopStatus>(QUERIES.status);
    let status = await look();
    while (!end.over && status.phase !== 'paused') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      status = await look();
    }
    if (!end.over) await handle.executeUpdate(UPDATES.stop, { args: [{ mode: 'cancel' }] });
    await result;
    return { engine, status: end.over ? await look() : status };
  });
};

const keeps = (experiment: number) => (ended: Ended) =>
  ended.engine.rows.some((row) => row.experiment === experiment && row.outcome === 'keep');
const stands = ({ status }: Ended): number => status.incumbent?.experiment ?? 0;
const runsOf = (report: (experiment: number) => number | Partial<RunReport>) => () => new FakeEngine(report);
const saysOf3 = (more: Parameters<typeof stewardSays>[2]) => () =>
  climbing({
    holdout: (query) => ({ answer: stewardSays('pays', query, query.experiment === 3 ? more : {}) }),
  });

const RIGGED: Rigged[] = [
  {
    guard: 'the word of the holdout',
    file: `${LOOP}/holdout/confirm-keep.ts`,
    from: `fateOf(word) === 'confirmed' && alarm === null`,
    to: 'true',
    task: taskOf(),
    engine: () => climbing({ holdout: ({ experiment }) => (experiment === 3 ? 'harmful' : 'pays') }),
    passes: keeps(3),
  },
  {
    guard: 'asking the holdout at all',
    file: `${LOOP}/experiment.ts`,
    from: 'needsWord(task, decision.outcome)',
    to: 'needsWord(task, decision.outcome) && Date.now() < 0',
    task: taskOf(),
    engine: () => climbing({ holdout: ({ experiment }) => (experiment === 3 ? 'harmful' : 'pays') }),
    passes: keeps(3),
  },
  {
    guard: "the steward's alarms",
    file: `${LOOP}/alarms/hear-alarm.ts`,
    from: 'if (alarm === undefined || stands === null) return null;',
    to: 'if (alarm === undefined || stands !== undefined) return null;',
    level: 3,
    task: taskOf({ ahead: 0, budget: { experiments: 4 } }),
    engine: saysOf3({ alarm: 'objective-drift' }),
    passes: keeps(3),
  },
  {
    guard: 'stopping for a leak',
    file: `${LOOP}/alarms/hear-alarm.ts`,
    from: "if (word.reason === 'leak') {",
    to: "if (word.reason === 'leak' && Date.now() < 0) {",
    task: taskOf({ ahead: 0, budget: { experiments: 4 } }),
    engine: saysOf3({ verdict: 'invalid', reason: 'leak', record: null }),
    passes: ({ status }) => status.phase !== 'paused' && (status.alarms ?? []).length === 0,
  },
  {
    guard: 'rent',
    file: `${LOOP}/fill.ts`,
    from: 'if (owesRent(loop)) void payRent(loop);',
    to: '',
    level: 1,
    task: taskOf({ ahead: 0, validate: 'final', budget: { experiments: 3 } }),
    engine: () => climbing({ holdout: ({ kind }) => (kind === 'rent' ? 'flat' : 'pays') }),
    passes: (ended) => stands(ended) === 3,
  },
  {
    guard: 'lifts that execute nothing',
    file: `${LOOP}/alarms/watch-row.ts`,
    from: 'watchLifts(loop, row);',
    to: '',
    level: 1,
    task: taskWith({ ahead: 0, budget: { experiments: 3 } }),
    engine: runsOf((experiment) => ({ value: 100 - experiment, metrics: { experiments: 1 } })),
    passes: (ended) => stands(ended) === 3,
  },
  {
    guard: "the envelope of a lift's cost",
    file: `${LOOP}/fill.ts`,
    from: 'if (refuseLift(loop)) return;',
    to: '',
    level: 2,
    task: taskWith({ ahead: 0, budget: { experiments: 6, deviceHours: 2 } }),
    engine: runsOf((experiment) => ({
      value: 100 - experiment,
      seconds: { prepare: 0, run: 100 * 2.2 ** experiment, measure: 0, guards: 0 },
    })),
    passes: ({ status }) => (status.alarms ?? []).length === 0 && status.spent.deviceSeconds > 7200,
  },
  {
    guard: 'data that has collapsed',
    file: `${LOOP}/experiment.ts`,
    from: 'if (await hasCollapsed(loop, prepared)) return;',
    to: '',
    task: taskWith({
      data: { files: ['data/*.jsonl'], anchor: 'real.jsonl', descriptor: 'text' },
      budget: { experiments: 1 },
    }),
    engine: () =>
      new FakeEngine((experiment) => 100 - experiment, { inspect: () => 'every item is synthetic' }),
    passes: keeps(1),
  },
  {
    guard: 'the guards of the task',
    file: `${LOOP}/experiment.ts`,
    from: "if (decision.outcome !== 'keep' || loop.input.task.guards.length === 0)",
    to: "if (decision.outcome !== 'keep' || loop.input.task.guards.length < 9)",
    task: taskWith({ budget: { experiments: 1 }, guards: [{ command: 'pytest' }] }),
    engine: () =>
      new FakeEngine((experiment, { guards }) =>
        guards.length > 0 ? { status: 'guard_failed', value: null, detail: 'pytest' } : 100 - experiment,
      ),
    passes: keeps(1),
  },
  {
    guard: 'the A/A self-test',
    file: `${LOOP}/baseline.ts`,
    from: "if (refusal !== null) return refuse(loop, refusal, 'TooManyFalseKeeps');",
    to: '',
    task: taskWith({ acceptance: { rule: 'strict', falseKeeps: 0.2 }, budget: { experiments: 1 } }),
    engine: () => noisyEngine({ gain: () => 0 }),
    passes: ({ engine }) => engine.proposeCalls.length > 0,
  },
  {
    guard: 'canaries',
    file: `${LOOP}/baseline.ts`,
    from: "if (song.touched !== null) return refuse(loop, song.touched, 'CanaryTouched');",
    to: '',
    task: taskWith({
      canaries: [{ kind: 'known-bad', path: 'canaries/pretty' }],
      acceptance: { rule: 'strict', repeats: 2 },
      budget: { experiments: 1 },
    }),
    engine: () =>
      new FakeEngine((experiment, { role, key }) => {
        if (role === 'baseline' || experiment > 0) return 5 - experiment;
        return key.endsWith('/0') ? 5 : 1;
      }),
    passes: ({ engine }) => engine.proposeCalls.length > 0,
  },
];

test.each(RIGGED)('$guard: with it the rigged loop does not pass, without it it does', async (rigged) => {
  const name = `${rigged.file.split('/').at(-1) ?? ''}-${String(RIGGED.indexOf(rigged))}`;
  expect(rigged.passes(await endOf(undefined, rigged, `${name}-whole`))).toBe(false);
  const { file, from, to } = rigged;
  expect(rigged.passes(await endOf({ file, from, to }, rigged, `${name}-dropped`))).toBe(true);
});
