import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { MethodFiles, MethodInForce } from '../../../src/contract/method.js';
import type { LoopInput } from '../../../src/contract/loop.js';
import type { SteeredBy } from '../../../src/contract/steering.js';
import type { SteerRequest } from '../../../src/contract/steer.js';
import { QUERIES } from '../../../src/contract/names.js';
import type { LoopStatus } from '../../../src/contract/loop.js';
import { project } from '../../../src/domain/method/project.js';
import { methodHash } from '../../../src/storage/method/index.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { methodWith } from '../../support/method-files.js';
import { withLoop, withLoopBut } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const under = (loop: string, files: MethodFiles, experiments: number): LoopInput => {
  const method = methodWith(files);
  const { task, policy } = project(method, taskWith({ budget: { experiments } }));
  const inForce: MethodInForce = { ref: 'method', hash: methodHash(method), policy };
  return { ...loopInput(loop, task), method: inForce };
};

const MECHANISM: MethodFiles = { 'process/mechanism.js': "export const meta = { name: 'toy' };" };

/** A mechanism that counts how often it was asked, and forbids a knob each time. */
const counting = ({ steering }: SteerRequest) => {
  const calls = steering.record.calls + 1;
  const directive = { forbid: [{ knob: `k${String(calls)}` }], why: '' };
  return {
    guidance: { directive, mechanism: 'toy', parent: null },
    state: calls,
    record: { ...steering.record, calls, nonIdentity: calls },
  };
};

const obeying = (experiment: number): { steering: SteeredBy } => ({
  steering: {
    directive: { forbid: [{ knob: 'k1' }], why: '' },
    mechanism: 'toy',
    parent: null,
    moves: [],
    settings: { k: experiment },
    compliance: { complied: true, parts: {} },
  },
});

test('a mechanism is asked for each proposal, with what it remembered, and its rows say what it asked', async () => {
  const engine = new FakeEngine(() => 5, { steer: counting, propose: obeying });
  const input = under('toy/steered', MECHANISM, 6);
  const status = await withLoop(env, engine, input, async (handle) => {
    await handle.result();
    return await handle.query<LoopStatus>(QUERIES.status);
  });
  expect(engine.steerCalls.map(({ steering }) => steering.state)).toEqual([null, 1, 2, 3, 4, 5]);
  // each is asked with every verdict written
  expect(engine.proposeCalls.map(({ method }) => method?.guidance.directive?.forbid)).toEqual(
    [1, 2, 3, 4, 5, 6].map((n) => [{ knob: `k${String(n)}` }]),
  );
  expect(engine.rows.filter(({ experiment }) => experiment > 0).every(({ steering }) => steering)).toBe(true);
  expect(status.method).toMatchObject({
    ref: 'method',
    mechanism: { name: 'toy', calls: 6, nonIdentity: 6, complied: 6, faults: [] },
  });
});

test('a directive for a batch is asked for once, one that is a move holds for one candidate', async () => {
  const batch = (directive: object) => (request: SteerRequest) => {
    const { guidance, ...rest } = counting(request);
    return { ...rest, guidance: { ...guidance, directive: { ...directive, batch: 3, why: '' } } };
  };
  const three = new FakeEngine(() => 5, { steer: batch({ hint: 'x' }), propose: obeying });
  await withLoop(env, three, under('toy/batch', MECHANISM, 6), (handle) => handle.result());
  expect(three.steerCalls.length).toBe(2);
  const one = new FakeEngine(() => 5, { steer: batch({ move: [{ knob: 'k', step: 1 }] }), propose: obeying });
  await withLoop(env, one, under('toy/move', MECHANISM, 3), (handle) => handle.result());
  expect(one.steerCalls.length).toBe(3);
});

test('a mechanism that breaks is told of once, and the loop goes on without it to the end of its budget', async () => {
  const engine = new FakeEngine(() => 5, {
    steer: (request) => ({ record: { ...counting(request).record, faults: ['fuel in propose'] } }),
  });
  await withLoop(env, engine, under('toy/broken', MECHANISM, 5), (handle) => handle.result());
  expect(engine.steerCalls.length).toBe(1);
  expect(engine.rows.length).toBe(6);
  const notices = engine.events.filter(({ kind }) => kind === 'notice');
  expect(notices.map(({ text }) => text).join()).toContain('fuel in propose');
  expect(notices.length).toBe(1);
});

test('a mechanism that a person takes out is asked no more, not even where it is being asked', async () => {
  let release = (): void => undefined;
  const asked = new Promise<void>((resolve) => (release = resolve));
  const engine = new FakeEngine(() => 5, {
    steer: async (request) => {
      const answer = counting(request);
      if (answer.state === 3) await asked;
      return answer;
    },
    propose: obeying,
  });
  const status = await withLoop(env, engine, under('toy/out', MECHANISM, 5), async (handle) => {
    await vi.waitUntil(() => engine.steerCalls.length === 3, { timeout: 30_000 });
    const answer = await handle.executeUpdate<string, [object]>('stopMechanism', {
      args: [{ reason: 'goes in circles' }],
    });
    expect(answer).toMatch(/^its mechanism is asked no more/);
    await expect(handle.executeUpdate('stopMechanism', { args: [{}] })).rejects.toThrow();
    release();
    const result = await handle.result();
    expect(result).toMatchObject({ mechanism: 'faulty' });
    return await handle.query<LoopStatus>(QUERIES.status);
  });
  expect(engine.steerCalls.length).toBe(3);
  expect(engine.proposeCalls.map(({ method }) => method?.guidance.directive?.forbid)).toEqual([
    [{ knob: 'k1' }],
    [{ knob: 'k2' }],
    undefined,
    undefined,
    undefined,
  ]);
  expect(status.method?.mechanism).toMatchObject({ faults: ['stopped by hand: goes in circles'] });
  expect(engine.events.map(({ text }) => text).join()).toContain(
    'toy is out (stopped by hand: goes in circles)',
  );
});

test('what a mechanism remembers, and the method, go with a loop that continues as new', async () => {
  const engine = new FakeEngine(() => 5, { steer: counting, propose: obeying });
  const input = under('toy/continued', MECHANISM, 190);
  const file = 'domain/loop/history-room.ts';
  const impatient = { file, from: 'MOST_EVENTS = 9000', to: 'MOST_EVENTS = 2000' };
  const status = await withLoopBut(impatient, { env, engine, input }, async (handle) => {
    await handle.result();
    const { runId } = await env.client.workflow.getHandle(input.loop).describe();
    expect(runId).not.toBe(handle.firstExecutionRunId);
    return await env.client.workflow.getHandle(input.loop).query<LoopStatus>(QUERIES.status);
  });
  const remembered = engine.steerCalls.map(({ steering }) => steering.state ?? 0);
  expect(remembered).toEqual(Array.from({ length: 190 }, (_, index) => index));
  expect(engine.rows.map(({ experiment }) => experiment).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 191 }, (_, index) => index),
  );
  expect(status.method).toMatchObject({ hash: input.method?.hash, mechanism: { calls: 190, complied: 190 } });
});

test('a candidate that starts from an elite is measured as it is, and kept as a whole if it is better', async () => {
  const base = 'e'.repeat(40);
  const engine = new FakeEngine((experiment) => (experiment === 2 ? 1 : 5), {
    steer: (request) => ({
      ...counting(request),
      base,
      guidance: { directive: { why: '' }, mechanism: 'toy', parent: 0 },
    }),
    propose: (experiment) => ({ steering: { ...obeying(experiment).steering, parent: 0 } }),
  });
  await withLoop(env, engine, under('toy/parent', MECHANISM, 3), (handle) => handle.result());
  expect(engine.proposeCalls.every((request) => request.base === base)).toBe(true);
  const rows = engine.rows.filter(({ experiment }) => experiment > 0);
  expect(rows.map(({ baseKind }) => baseKind)).toEqual(['stale', 'stale', 'stale']);
  expect(rows.find(({ experiment }) => experiment === 2)?.outcome).toBe('keep');
});

test('annealing goes on from a worse candidate, and a keep ends the walk', async () => {
  const hot = (request: SteerRequest) => {
    const { guidance, ...rest } = counting(request);
    return { ...rest, guidance: { ...guidance, directive: { acceptTemp: 1e9, why: '' } } };
  };
  const engine = new FakeEngine((experiment) => [5, 6, 7, 1, 8][experiment] ?? 9, {
    steer: hot,
    propose: (experiment, { method }) => ({
      steering: {
        ...obeying(experiment).steering,
        directive: { acceptTemp: 1e9, why: '' },
        parent: method?.guidance.parent ?? null,
      },
    }),
  });
  await withLoop(env, engine, under('toy/annealed', MECHANISM, 5), (handle) => handle.result());
  const bases = engine.proposeCalls.map(({ base }) => base);
  expect(bases[1]).toBe(engine.commitOf(1));
  expect(bases[2]).toBe(engine.commitOf(2));
  expect(bases[3]).toBe(engine.commitOf(3));
  expect(bases[4]).toBe(engine.commitOf(4));
  expect(engine.rows.filter(({ outcome }) => outcome === 'keep').map(({ experiment }) => experiment)).toEqual(
    [0, 3],
  );
});

test('a gain beyond the limits of the objective is not kept', async () => {
  const slow = (experiment: number) => ({ value: 1, metrics: { latency_ms: experiment === 1 ? 900 : 10 } });
  const engine = new FakeEngine((experiment) => (experiment === 0 ? 5 : slow(experiment)));
  const input = under(
    'toy/limits',
    { 'objective/objective.yaml': 'limits: [{ metric: latency_ms, max: 100 }]' },
    2,
  );
  await withLoop(env, engine, input, (handle) => handle.result());
  expect(engine.rows.find(({ experiment }) => experiment === 1)).toMatchObject({
    outcome: 'guard_failed',
    reason: expect.stringContaining('latency_ms 900 is above 100') as string,
  });
  expect(engine.rows.find(({ experiment }) => experiment === 2)?.outcome).toBe('keep');
  expect(engine.steerCalls.length).toBe(0);
});

test('a mechanism that asks for nothing is named inert, once, and the result says so', async () => {
  const silent = ({ steering }: SteerRequest) => ({
    guidance: { directive: { why: '' }, mechanism: 'toy', parent: null },
    record: { ...steering.record, calls: steering.record.calls + 1 },
  });
  const engine = new FakeEngine(() => 5, { steer: silent, propose: obeying });
  const { result, status } = await withLoop(
    env,
    engine,
    under('toy/inert', MECHANISM, 8),
    async (handle) => ({
      result: await handle.result(),
      status: await handle.query<LoopStatus>(QUERIES.status),
    }),
  );
  expect(result.mechanism).toBe('inert');
  expect(status.method?.mechanism?.inert).toBe('it was called 8 times in 8 trials and changed no decision');
  expect(engine.events.filter(({ text }) => text.includes('mechanism toy is inert')).length).toBe(1);
});
