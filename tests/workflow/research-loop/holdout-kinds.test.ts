import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { climbing, outcomes, taskOf } from './validated-loop.js';
import { noisyEngine } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = (engine: FakeEngine, name: string, extra: Parameters<typeof taskOf>[0] = {}) =>
  withLoop(env, engine, loopInput(`toy/${name}`, taskOf(extra)), (handle) => handle.result());

test('`final` asks once, at the end, about the incumbent against the baseline, and takes nothing back', async () => {
  const engine = climbing({ holdout: () => 'flat' });
  const result = await run(engine, 'final', { validate: 'final' });
  expect(outcomes(engine)).toEqual(['keep', 'keep', 'keep', 'keep']);
  expect(engine.questions).toMatchObject([
    { kind: 'final', experiment: 3, candidate: engine.commitOf(3), incumbent: 'a'.repeat(40), claimed: 3 },
  ]);
  expect(result.holdout).toMatchObject({ final: 'flat', answers: { flat: 1 } });
  const nothing = new FakeEngine((experiment) => 100 + experiment);
  expect((await run(nothing, 'nothing', { validate: 'final' })).holdout).toBeUndefined();
  expect(nothing.questions).toEqual([]);
});

const branching = { acceptance: { rule: 'branch+promote', every: 4 }, budget: { experiments: 5 } } as const;

test('under branch + promote a promotion is what is asked about, and one that is not confirmed resets the branch', async () => {
  for (const verdict of ['pays', 'undecided'] as const) {
    const engine = noisyEngine({ gain: () => 3, options: { holdout: () => verdict } });
    const result = await run(engine, `promotion-${verdict}`, branching);
    expect(engine.questions).toMatchObject([{ kind: 'promotion', experiment: 5, incumbent: 'a'.repeat(40) }]);
    const row = engine.rows.find(({ proposer }) => proposer === 'promotion');
    expect(row?.outcome).toBe(verdict === 'pays' ? 'keep' : 'unconfirmed');
    expect(row?.verdict?.evidence).toMatchObject({ holdout: { verdict } });
    expect(result.incumbent?.experiment).toBe(verdict === 'pays' ? 5 : 0);
    expect(engine.notes.map(({ kind }) => kind)).toEqual(verdict === 'pays' ? ['promote'] : []);
  }
});

test('under branch + promote `every-keep` asks about each provisional change too', async () => {
  const engine = noisyEngine({
    gain: (n) => 3 * n,
    options: { holdout: ({ experiment }) => (experiment === 2 ? 'harmful' : 'pays') },
  });
  await run(engine, 'provisional', { ...branching, validate: 'every-keep' });
  expect(outcomes(engine).slice(0, 3)).toEqual(['keep', 'provisional', 'unconfirmed']);
  const promotion = engine.questions.find(({ kind }) => kind === 'promotion');
  expect(engine.lineage(promotion?.candidate ?? '')).not.toContain(2);
});
