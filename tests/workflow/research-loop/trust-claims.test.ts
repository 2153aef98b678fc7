import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { ForkedFrom } from '../../../src/contract/loop.js';
import type { RunReport, RunRequest } from '../../../src/contract/run-schema.js';
import { TRUSTS_CLAIMS } from '../../../src/contract/trust-claims.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const CLAIM = 'claimed loss=1, measured 5';

/** Every run prints another score than it has. */
const boasting = (_: number, { trustClaims }: RunRequest): Partial<RunReport> =>
  trustClaims ? { value: 5 } : { status: 'tampered', value: 5, detail: CLAIM, tampering: [CLAIM] };

const run = (engine: FakeEngine, name: string, forkedFrom: ForkedFrom | null) => {
  const input = { ...loopInput(`toy/${name}`, taskWith({ budget: { experiments: 1 } })), forkedFrom };
  return withLoop(env, engine, input, (handle) => handle.result());
};

test('an artifact that always printed the metric its own way is no cheat, and the loop says so', async () => {
  const engine = new FakeEngine(boasting);
  const { outcomes } = await run(engine, 'boasts', null);
  expect(outcomes).toEqual({ discard: 1 });
  expect(engine.events.map(({ text }) => text)).toContain(TRUSTS_CLAIMS);
});

test('a fork does not learn from a false claim of its baseline, which was a candidate, to trust claims', async () => {
  const engine = new FakeEngine(boasting);
  const forkedFrom = { loop: 'toy/old', experiment: 2, trustClaims: false };
  await expect(run(engine, 'doubts', forkedFrom)).rejects.toMatchObject({
    cause: { type: 'BaselineFailed', message: expect.stringContaining(CLAIM) as string },
  });
});

test('a fork trusts claims from its first run on if the old loop did', async () => {
  const engine = new FakeEngine(boasting);
  await run(engine, 'trusts', { loop: 'toy/old', experiment: 2, trustClaims: true });
  expect(engine.runs.map(({ trustClaims }) => trustClaims)).toEqual([true, true]);
});
