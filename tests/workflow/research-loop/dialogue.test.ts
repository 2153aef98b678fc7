import { CancelledFailure } from '@temporalio/activity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Deps } from '../../../src/activities/deps.js';
import { askGates, PATIENCE } from '../../../src/activities/gates/ask-gates.js';
import { keepAlive } from '../../../src/activities/keep-alive.js';
import type { RoundRequest } from '../../../src/contract/activities.js';
import type { RoundAnswer } from '../../../src/contract/dialogue.js';
import type { LoopInput } from '../../../src/contract/loop.js';
import { NO_USAGE } from '../../../src/contract/proposal.js';
import { FakeEngine } from '../../support/fake-engine.js';
import { loopInput, taskWith } from '../../support/loop-input.js';
import { withLoop } from '../../support/run-loop.js';
import { startTemporal } from '../../support/temporal.js';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await startTemporal();
});
afterAll(() => env.teardown());

const USAGE = { ...NO_USAGE, model: 'toy', calls: 1, inputTokens: 100, outputTokens: 10, dollars: 0.25 };

const well = ({ round, dialogue }: RoundRequest): RoundAnswer =>
  round === 'code' || round === 'repair'
    ? {
        status: 'written',
        authored: { idea: 'tabu', mechanism: `// ${String(dialogue.rounds)}`, process: null },
        usage: USAGE,
      }
    : { status: 'said', text: round, usage: USAGE };

const researching = (loop: string, extra: Parameters<typeof taskWith>[0] = {}): LoopInput =>
  loopInput(
    loop,
    taskWith({
      level: 'R4',
      editable: ['method/process/**'],
      proposer: { kind: 'research', model: 'toy', repairs: 2 },
      budget: { experiments: 1 },
      ...extra,
    }),
  );

const roundsOf = (engine: FakeEngine) => engine.rounds.map(({ round }) => round);

test('a candidate is written in rounds, each an activity, looked at by the gates, and then committed once', async () => {
  const engine = new FakeEngine(() => 5, { converse: well });
  await withLoop(env, engine, researching('lift/dialogue'), (handle) => handle.result());
  expect(roundsOf(engine)).toEqual(['explore', 'criticise', 'specify', 'code']);
  expect(engine.rounds.at(-1)?.dialogue.said).toEqual({
    explore: 'explore',
    criticise: 'criticise',
    specify: 'specify',
  });
  expect(engine.examined).toHaveLength(1);
  expect(engine.proposeCalls).toHaveLength(1);
  expect(engine.proposeCalls[0]?.written).toMatchObject({
    authored: { idea: 'tabu', mechanism: '// 3' },
    usage: { calls: 4, dollars: 1, inputTokens: 400 },
  });
});

test('what fails a gate is repaired with the reason in the next round', async () => {
  const trouble = { at: 'G6', reason: 'inert: it never asked for anything' } as const;
  const engine = new FakeEngine(() => 5, {
    converse: well,
    examine: (_, nth) => (nth === 1 ? trouble : null),
  });
  await withLoop(env, engine, researching('lift/repair'), (handle) => handle.result());
  expect(roundsOf(engine)).toEqual(['explore', 'criticise', 'specify', 'code', 'repair']);
  expect(engine.rounds.at(-1)?.dialogue).toMatchObject({ trouble, authored: { mechanism: '// 3' } });
  expect(engine.proposeCalls[0]?.written?.authored.mechanism).toBe('// 4');
});

test('after the bound it is a refused experiment that costs what its rounds have cost, and nothing is run', async () => {
  const engine = new FakeEngine(() => 5, {
    converse: well,
    examine: () => ({ at: 'G5', reason: 'it used up its fuel' }),
  });
  const result = await withLoop(env, engine, researching('lift/refused'), (handle) => handle.result());
  const row = engine.rows.find(({ experiment }) => experiment === 1);
  expect(row).toMatchObject({
    outcome: 'refused',
    proposer: 'research',
    reason: 'its mechanism failed at G5 after 2 rounds of repair: it used up its fuel',
    usage: { calls: 6, dollars: 1.5 },
  });
  expect(result.spent.dollars).toBe(1.5);
  expect(engine.proposeCalls).toEqual([]);
  expect(engine.runs.every(({ role }) => role === 'baseline')).toBe(true);
});

test('a round that the budget cannot pay ends the dialogue, with what was spent on its row', async () => {
  const engine = new FakeEngine(() => 5, {
    converse: (request) =>
      request.round === 'specify'
        ? { status: 'over_budget', reason: 'a call may cost $1, and $0.1 is left', usage: NO_USAGE }
        : well(request),
  });
  const input = researching('lift/over', { budget: { experiments: 3, dollars: 0.6 } });
  const result = await withLoop(env, engine, input, (handle) => handle.result());
  const [first] = engine.rows.filter(({ outcome }) => outcome === 'over_budget');
  expect(first?.usage).toMatchObject({ calls: 2, dollars: 0.5 });
  expect(result.spent.dollars).toBe(engine.rows.reduce((sum, { usage }) => sum + usage.dollars, 0));
});

test('a dialogue that is stopped in the middle is charged for the rounds that it had', async () => {
  const engine = new FakeEngine(() => 5, {
    converse: async (request) => {
      if (request.round === 'specify') await new Promise((resolve) => setTimeout(resolve, 1500));
      return well(request);
    },
  });
  const result = await withLoop(env, engine, researching('lift/stopped'), async (handle) => {
    await expect.poll(() => roundsOf(engine), { timeout: 20_000 }).toContain('specify');
    await handle.cancel();
    return await handle.result().catch(() => null);
  });
  const row = engine.rows.find(({ experiment }) => experiment === 1);
  expect(row).toMatchObject({ outcome: 'cancelled' });
  expect(row?.usage.calls).toBeGreaterThanOrEqual(2);
  expect(engine.proposeCalls).toEqual([]);
  expect(result === null || result.spent.dollars >= 0.5).toBe(true);
});

test('a loop that is cancelled while gates look frees the thread that looks', async () => {
  let freed: unknown = null;
  const checkMechanism: Deps['checkMechanism'] = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        freed = signal.reason;
        reject(signal.reason as Error);
      });
    });
  const engine = new FakeEngine(() => 5, {
    converse: well,
    examine: ({ authored: { mechanism } }) =>
      keepAlive(
        () => null,
        async () => {
          await askGates({ source: mechanism }, { checkMechanism }, PATIENCE);
          return null;
        },
      ),
  });
  await withLoop(env, engine, researching('lift/freed'), async (handle) => {
    await expect.poll(() => engine.examined.length).toBe(1);
    await handle.cancel();
    await handle.result().catch(() => null);
    await expect.poll(() => freed).toBeInstanceOf(CancelledFailure);
  });
  expect(engine.rows.find(({ experiment }) => experiment === 1)).toMatchObject({ outcome: 'cancelled' });
  expect(engine.proposeCalls).toEqual([]);
});

test('beside a proposer that mutates, each experiment falls to one of them', async () => {
  const engine = new FakeEngine(() => 5, { converse: well });
  const input = researching('lift/mixed', {
    proposer: [{ kind: 'mutate' }, { kind: 'research', from: 'catalogue' }],
    budget: { experiments: 10 },
  });
  await withLoop(env, engine, input, (handle) => handle.result());
  const written = engine.proposeCalls.filter((call) => call.written !== undefined);
  expect(engine.proposeCalls).toHaveLength(10);
  expect(written.length).toBeGreaterThan(0);
  expect(written.length).toBeLessThan(10);
});
