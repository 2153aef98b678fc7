import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { random } from '../../../src/domain/random.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { outcomes } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

/** No change has an effect, and each run scores a little better than the one before it. */
const drifting = () => {
  let runs = 0;
  return new FakeEngine((_, { source, seed }) => {
    runs += 1;
    return 100 - 0.05 * runs + 0.05 * random('noise', source.commit, seed).next();
  });
};

test('the arms of a pair have the first place in turns, so that a drift is no gain', async () => {
  const engine = drifting();
  const acceptance = { rule: 'sprt', evidence: 't', falseKeeps: 1 } as const;
  const task = taskWith({ acceptance, budget: { experiments: 4 }, ahead: 0 });
  await withLoop(env, engine, loopInput('toy/turns', task), (handle) => handle.result());
  expect(outcomes(engine).slice(1)).not.toContain('keep');
});
