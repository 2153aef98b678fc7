import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { noisyEngine, noisyTask, promotions } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

/** Candidate 2 gains a lot, and from its ninth run on it crashes on what `crashes` says. */
const world = (crashes: (commit: string, engine: FakeEngine) => boolean): FakeEngine =>
  noisyEngine({
    gain: (n) => (n === 2 ? 8 : -5),
    crashes: (commit, engine) => {
      const runs = engine.runs.filter(({ source }) => source.commit === engine.commitOf(2)).length;
      return runs >= 9 && crashes(commit, engine);
    },
  });

const run = (engine: FakeEngine, name: string) =>
  withLoop(env, engine, loopInput(`toy/${name}`, noisyTask({ budget: { experiments: 5 } })), (handle) =>
    handle.result(),
  );

test('a branch that won its test and then crashes where the trunk runs is not promoted', async () => {
  const engine = world((commit, one) => commit === one.commitOf(2));
  const result = await run(engine, 'crashing');
  const [row] = promotions(engine);
  expect(row?.outcome).toBe('inconclusive');
  expect(row?.reason).toMatch(
    /^the trunk fails on a fresh seed on which the one before it runs \(crash\): exit code 3/,
  );
  expect(result.incumbent?.experiment).toBe(0);
});

test('a seed on which both crash says nothing about either', async () => {
  let left = 2;
  const engine = world(() => left-- > 0);
  const result = await run(engine, 'both');
  expect(promotions(engine)[0]?.outcome).toBe('keep');
  expect(result.incumbent?.n).toBe(10);
});

/** The unchanged artifact crashes in those of its runs, counted from 1. */
const crashingBaseline = (...at: number[]): FakeEngine =>
  noisyEngine({
    gain: () => -5,
    crashes: (_, engine) =>
      engine.runs.at(-1)?.role === 'baseline' &&
      at.includes(engine.runs.filter(({ role }) => role === 'baseline').length),
  });

test('a baseline of which every fifth run crashes starts the loop on as many scores as were wanted', async () => {
  const engine = crashingBaseline(4, 9);
  const result = await run(engine, 'crashing-baseline');
  expect(result.baseline?.n).toBe(10);
  const [row] = engine.rows;
  expect(row?.outcome).toBe('keep');
  expect(row?.reason).toMatch(/ over 10 runs, .*; 2 crashes in 12 runs: a crash rate up to 44 %/);
  expect(row?.measurements.map(({ status }) => status).filter((status) => status !== 'ok')).toHaveLength(2);
  const seeds = row?.measurements.map(({ seed }) => seed) ?? [];
  expect(new Set(seeds).size).toBe(12);
  const fresh = promotions(engine).flatMap(({ measurements }) => measurements.map(({ seed }) => seed));
  expect(fresh.filter((seed) => seeds.includes(seed))).toEqual([]);
  expect(engine.rows.length).toBeGreaterThan(1);
});

test('a baseline of which half crashes starts no loop, and says so', async () => {
  const engine = crashingBaseline(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  await expect(run(engine, 'half-crashing')).rejects.toMatchObject({
    cause: {
      type: 'BaselineFailed',
      message: expect.stringMatching(/crashed in 10 of 11 runs.*Mend the crash/) as string,
    },
  });
  expect(engine.runs).toHaveLength(11);
});
