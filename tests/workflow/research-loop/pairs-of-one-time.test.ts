import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Evidence } from '../../../src/domain/acceptance/rule.js';
import { fromRecord } from '../../../src/domain/replay/from-record.js';
import { replay } from '../../../src/domain/replay/replay.js';
import { random } from '../../../src/domain/random.js';
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

const SHORT = { prepare: 0, run: 0.1, measure: 0, guards: 0 };

/** Short runs of a metric that gets better by itself with every run; each change is a gain of one. */
const drifting = () => {
  let runs = 0;
  const engine: FakeEngine = new FakeEngine((_, { source, seed }) => {
    const level = 100 - engine.lineage(source.commit).length - 0.05 * runs++;
    return { value: level + 0.1 * random('noise', source.commit, seed).next(), seconds: SHORT };
  });
  return engine;
};

const acceptance = { rule: 'sprt', evidence: 't', repeats: 10, nmax: 12, falseKeeps: 1 } as const;

const runLoop = async (name: string, concurrency: number) => {
  const engine = drifting();
  const task = taskWith({ acceptance, budget: { experiments: 12 }, seed: 4, concurrency });
  const input = loopInput(`toy/pairs-${name}`, task);
  await withLoop(env, engine, input, (handle) => handle.result());
  const replayed = replay(fromRecord(recordOf(engine, input)), task.acceptance);
  return { engine, replayed };
};

const experimentOf = (key: string): number => Number(key.split('/')[2]);

test('one at a time no pair is paid in vain: an experiment has its verdict before the next one runs', async () => {
  const { engine, replayed } = await runLoop('one', 1);
  const order = engine.runs.map(({ key }) => experimentOf(key));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(engine.rows.filter(({ outcome }) => outcome === 'keep').length).toBe(13);
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0, untold: [] });
});

test('side by side pairs begin anew with each incumbent, on fresh seeds, and every verdict follows from its record', async () => {
  const { engine, replayed } = await runLoop('four', 4);
  const overtaken = engine.rows.flatMap(({ experiment, verdict, measurements }) => {
    const found = (verdict?.evidence as Evidence | undefined)?.overtaken;
    return found === undefined ? [] : [{ experiment, found, measurements }];
  });
  expect(overtaken.length).toBeGreaterThan(0);
  for (const { found, measurements } of overtaken) {
    const beside = measurements.filter(({ role }) => role === 'incumbent');
    expect(new Set(beside.map(({ index }) => index)).size).toBe(beside.length);
    expect(beside.filter(({ index }) => index >= found.from).length).toBeGreaterThan(0);
  }
  expect(replayed).toMatchObject({ ownRule: true, changed: [], unknown: 0, untold: [] });
  expect(replayed.verdicts.map(({ reason }) => reason)).toEqual(
    engine.rows.filter(({ experiment }) => experiment > 0).map(({ reason }) => reason),
  );
});
