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
