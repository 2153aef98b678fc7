import { describe, expect, test } from 'vitest';
import { NO_CALLS } from '../../../src/domain/mechanism/mechanism-record.js';
import { openMechanism } from '../../../src/mechanism-host/open-mechanism.js';
import type { MechanismStep, MechanismStepped } from '../../../src/contract/mechanism-run.js';
import { runMechanism } from '../../../src/mechanism-host/run-mechanism.js';
import { contextOf, trialOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const run = (step: Partial<MechanismStep> & { source: string }): Promise<MechanismStepped> =>
  runMechanism({ observed: [], context: contextOf(), ...step }, openMechanism);

const COUNTS = mechanismSource({
  observe: '{ if (s.n === 50) throw new Error("late"); return { n: s.n + 1 }; }',
  propose: 'return [{ hint: "go on", why: String(s.n) }, s];',
});

/** A loop of so many trials, each a step of its own. */
const play = async (source: string, trials: number): Promise<MechanismStepped[]> => {
  const steps: MechanismStepped[] = [];
  for (let id = 1; id <= trials; id++) {
    const last = steps.at(-1);
    const before = last === undefined ? {} : { state: last.state, record: last.record };
    steps.push(await run({ source, ...before, observed: id === 1 ? [] : [trialOf({ id })] }));
  }
  return steps;
};

test('a step begins with init, observes what ended, and proposes', async () => {
  const stepped = await run({ source: COUNTS, observed: [trialOf({ id: 1 }), trialOf({ id: 2 })] });
  expect(stepped).toMatchObject({
    directive: { hint: 'go on', why: '2' },
    state: { n: 2 },
    record: { calls: 1, nonIdentity: 1, faults: [] },
    fault: null,
  });
});

test("a step that goes on doesn't begin again", async () => {
  expect((await run({ source: COUNTS, state: { n: 7 } })).directive.why).toBe('7');
  expect(
    (
      await run({
        source: mechanismSource({ init: 'null', propose: "return [{ why: '' }, s];" }),
        state: null,
      })
    ).state,
  ).toBeNull();
});

test('a fault at the fiftieth trial: the loop goes on without it, and it counts no more', async () => {
  const steps = await play(COUNTS, 60);
  expect(steps[50]).toMatchObject({ directive: { hint: 'go on' }, record: { calls: 51, faults: [] } });
  expect(steps[51]).toMatchObject({
    directive: { why: 'identity: the loop does as it would' },
    state: { n: 50 },
    fault: { kind: 'throw', during: 'observe', message: 'Error: late' },
  });
  expect(steps[51]?.record.faults).toEqual([
    expect.stringMatching(/^throw in observe: Error: late \(line 7: /),
  ]);
  expect(steps[59]).toMatchObject({ record: { calls: 52, nonIdentity: 51 }, fault: null, fuel: 0 });
}, 120_000);

describe('every kind of fault falls back to the identity, and keeps the state', () => {
  test.each([
    ['syntax', 'export const'],
    ['load', 'export const meta = 1;'],
    ['fuel', mechanismSource({ propose: 'for (;;);' })],
    ['throw', mechanismSource({ propose: 'null.x;' })],
    ['not-json', mechanismSource({ propose: "return [{ why: '' }, new Map()];" })],
    ['state-too-big', mechanismSource({ propose: "return [{ why: '' }, 'x'.repeat(65536)];" })],
    ['illegal', mechanismSource({ propose: "return [{ move: [], why: '' }, s];" })],
  ])('%s', async (kind, source) => {
    const stepped = await run({ source, state: { n: 3 }, record: { ...NO_CALLS, calls: 4 } });
    expect(stepped).toMatchObject({ state: { n: 3 }, fault: { kind }, record: { calls: 5 } });
    expect(stepped.directive).toEqual({ why: 'identity: the loop does as it would' });
    expect(stepped.record.faults).toHaveLength(1);
  });
});

test('a step that is done again answers the same, with the same fuel', async () => {
  const step = { source: COUNTS, state: { n: 3 }, observed: [trialOf({ id: 9 })] };
  expect(await run(step)).toEqual(await run(step));
});
