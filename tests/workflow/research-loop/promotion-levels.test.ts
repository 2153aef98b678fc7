import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { eLondAlpha } from '../../../src/domain/evidence/e-lond.js';
import type { FakeEngine } from '../../support/fake-engine.js';
import { loopInput } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';
import { acceptance, noisyEngine, noisyTask, outcomes, promotions, rowOf } from './noisy-world.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const run = (engine: FakeEngine, name: string, extra: Parameters<typeof noisyTask>[0] = {}) =>
  withLoop(env, engine, loopInput(`toy/${name}`, noisyTask(extra)), (handle) => handle.result());

test('nobody names a rule: noise makes a branch, no noise is seen after three runs and costs one each, two a keep', async () => {
  const still = noisyEngine({ gain: (n) => (n % 2 === 0 ? 1 : -1), noise: 0 });
  const exact = await run(still, 'default-exact', { acceptance: {} });
  expect(still.runs.filter(({ role }) => role === 'baseline')).toHaveLength(3);
  expect(exact.incumbent).toMatchObject({ experiment: 4, value: 98 });
  expect(still.runs).toHaveLength(3 + 5 + 2);
  const noisy = noisyEngine({ gain: () => 3 });
  await run(noisy, 'default-noisy', { acceptance: {} });
  expect(noisy.runs.filter(({ role }) => role === 'baseline')).toHaveLength(10);
  expect(outcomes(noisy).slice(-2)).toEqual(['provisional', 'keep']);
});

const levelsOf = (engine: FakeEngine) =>
  promotions(engine).map(({ verdict }) => {
    const { promotion } = (verdict ?? { evidence: {} }).evidence as { promotion?: { alpha: number } };
    return promotion?.alpha;
  });

test('with share each test has the level that e-LOND gives it, by the tests and the promotions before it', async () => {
  const engine = noisyEngine({ gain: (n) => (n < 12 ? 0 : 4), luck: (n) => (n < 12 ? 3 * n : 0) });
  await run(engine, 'e-lond', {
    acceptance: { ...acceptance, alpha: 0.1, share: true },
    budget: { experiments: 30 },
  });
  const kept = promotions(engine).map(({ outcome }) => outcome === 'keep');
  const expected = kept.map((_, at) =>
    eLondAlpha(0.1, { tests: at, keeps: kept.slice(0, at).filter(Boolean).length }),
  );
  expect(levelsOf(engine)).toEqual(expected);
  expect(kept.slice(0, 2)).toEqual([false, false]);
  expect(kept).toContain(true);
  expect(expected[1]).toBeLessThan(expected[0] ?? 0);
  expect(promotions(engine).find(({ outcome }) => outcome === 'keep')?.reason).toContain(
    'of all promotions at most 10 % are false',
  );
});

test('a gain that is real and below the smallest that counts is not promoted', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 2 ? 1.5 : -5), noise: 0.1 });
  const result = await run(engine, 'too-small', { acceptance: { ...acceptance, minEffect: 2 } });
  expect(rowOf(engine, 5)).toMatchObject({ outcome: 'discard' });
  expect(rowOf(engine, 5).reason).toMatch(/less than the smallest effect 2|hopeless/);
  expect(result.incumbent?.experiment).toBe(0);
});

test('time is kept for the test of what is provisional: no scout is begun that would leave none', async () => {
  const engine = noisyEngine({ gain: (n) => (n === 2 ? 5 : -5) });
  // a run takes 10 s; the epoch alone would use up the rest of the devices' time
  const result = await run(engine, 'in-time', {
    acceptance: { ...acceptance, every: 100 },
    budget: { experiments: 200, deviceHours: 800 / 3600 },
  });
  expect(promotions(engine)[0]).toMatchObject({ outcome: 'keep' });
  expect(result.incumbent?.value).toBeCloseTo(95, 0);
});
