import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulatedDryRun } from '../../../src/domain/gates/simulated-dry-run.js';
import type { DryRun } from '../../../src/domain/gates/dry-run.js';
import { CHECK_FUEL } from '../../../src/mechanism-host/metered.js';
import { contextOf } from '../../support/mechanism-context.js';
import { checkSource as check } from '../../support/check-source.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const libraryMechanism = (name: string): string =>
  readFileSync(new URL(`../../../mechanisms/${name}.js`, import.meta.url), 'utf8');

const FORBIDS = 'const forbid = c.trials.length > 0 && c.space.length > 0 ? [{ knob: c.space[0].id }] : [];';
const LIBRARY = readdirSync(new URL('../../../mechanisms', import.meta.url))
  .filter((name) => name.endsWith('.js') && name !== 'identity.js')
  .map((name) => name.replace('.js', ''));

describe('a mechanism of the library passes, with a twentieth of the fuel of a check', () => {
  const dryRun = simulatedDryRun();
  test.each(LIBRARY)('%s', async (name) => {
    const report = await check(libraryMechanism(name), { dryRun, fuel: CHECK_FUEL / 20 });
    expect(report.finding).toBeNull();
    expect(report.passed).toEqual(['G0', 'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7']);
    expect(report.distance).toBeGreaterThan(0);
  });
});

describe('the seven classes of defects', () => {
  test.each([
    ['syntax', mechanismSource({ propose: 'return [{ why: }, s];' }), 'G1', 'SyntaxError'],
    [
      'an infinite loop',
      mechanismSource({ propose: "while (true) {} return [{ why: '' }, s];" }),
      'G5',
      'fuel',
    ],
    [
      'a late throw',
      mechanismSource({ observe: '{ if (s.n === 50) throw new Error("late"); return { n: s.n + 1 }; }' }),
      'G3',
      'late',
    ],
    [
      'an illegal move',
      mechanismSource({ propose: "return [{ move: [{ knob: 'no', step: 1 }], why: '' }, s];" }),
      'G3',
      'there is no knob "no"',
    ],
    [
      'dead code',
      mechanismSource({
        propose: "if (c.t < 0) return [{ batch: 2, why: 'never' }, s]; return [{ why: '' }, s];",
      }),
      'G6',
      'never changed what comes next',
    ],
    [
      'nondeterminism',
      mechanismSource({
        top: 'let calls = 0;',
        propose: "calls += 1; return [{ batch: 1 + (calls % 7), why: '' }, s];",
      }),
      'G3',
      'variable of the module',
    ],
    [
      'host access',
      mechanismSource({ propose: 'return [{ why: process.env.HOME }, s];' }),
      'G0',
      'it uses process',
    ],
  ])('%s is caught', async (_, source, gate, reason) => {
    const { finding } = await check(source);
    expect(finding?.gate).toBe(gate);
    expect(finding?.reason).toContain(reason);
  });

  test('dead code is inert, which is not the same as wrong', async () => {
    const report = await check(libraryMechanism('identity'));
    expect(report).toMatchObject({ distance: 0, finding: { gate: 'G6', verdict: 'inert' } });
  });
});

describe('what passes for something else', () => {
  test('host access that no list of words sees ends in the sandbox', async () => {
    const source = mechanismSource({
      propose: "const host = this?.['proc' + 'ess']; return [{ why: host.env }, s];",
    });
    expect((await check(source)).finding).toMatchObject({ gate: 'G3', where: { line: 5 } });
  });

  test('a counter in the module that shows only after other questions', async () => {
    const source = mechanismSource({
      top: 'const seen = [];',
      init: '{ seen.push(c.T); return seen.length; }',
      propose: "return [{ batch: 1 + (s % 9), why: '' }, s];",
    });
    const { finding } = await check(source);
    expect(finding).toMatchObject({ gate: 'G4', verdict: 'rejected' });
  });

  test('a copy of the mechanism in use, under another name and in other words', async () => {
    const incumbent = mechanismSource({ propose: `${FORBIDS} return [{ forbid, why: 'one' }, s];` });
    const copy = mechanismSource({
      top: 'const first = (c) => (c.trials.length * c.space.length === 0 ? [] : [{ knob: c.space[0].id }]);',
      propose: "return [{ why: 'two', forbid: first(c) }, { n: s.n + 1 }];",
      init: '({ n: 7 })',
    });
    expect((await check(copy, { incumbent })).finding).toMatchObject({ gate: 'G6', verdict: 'copy' });
    expect((await check(libraryMechanism('tabu'), { incumbent })).finding).toBeNull();
  });

  test("an incumbent that breaks is nobody's original", async () => {
    expect((await check(mechanismSource(), { incumbent: 'no mechanism' })).finding).toBeNull();
  });

  test('a directive that hangs on the order of fields', async () => {
    const source = mechanismSource({
      propose: "return [{ batch: 1 + (JSON.stringify(c).length % 60), why: '' }, s];",
    });
    expect((await check(source)).finding?.reason).toContain("a field that it doesn't know");
  });

  test('a state that grows with every trial', async () => {
    const source = mechanismSource({ observe: "({ all: [...(s.all ?? []), 'x'.repeat(999)] })" });
    expect((await check(source)).finding).toMatchObject({ gate: 'G3' });
    expect((await check(source)).finding?.reason).toContain('bytes');
  });

  test('one that a space without knobs surprises', async () => {
    const source = mechanismSource({
      propose: "return [{ forbid: [{ knob: c.space[0].id }], why: '' }, s];",
    });
    expect((await check(source)).finding?.reason).toContain('without knobs');
  });
});

test('a mechanism that harms the simulator is rejected at G7, one that does not passes it', async () => {
  const harmful: DryRun = { tasks: 24, score: (one, task) => (one === null ? 0.5 : 0.3 - 0.001 * task) };
  expect((await check(mechanismSource(), { dryRun: harmful })).finding).toMatchObject({ gate: 'G7' });
  const report = await check(mechanismSource(), { dryRun: { tasks: 24, score: () => 0.5 } });
  expect(report).toMatchObject({ finding: null });
  expect(report.passed.at(-1)).toBe('G7');
});

test('calls that are each within their fuel may be too much together, which no clock decides', async () => {
  const source = mechanismSource({
    propose: 'for (let i = 0; i < 4e5; i++); return [{ why: "" }, s];',
  });
  const { finding, fuel } = await check(source, { fuel: 1000 });
  expect(finding).toMatchObject({ gate: 'G5', verdict: 'rejected' });
  expect(finding?.reason).toMatch(/used up 1000 units of fuel together, \d+ of them: do less in a call/);
  expect(fuel).toBeLessThan(100);
  expect(await check(source, { fuel: 1000 })).toMatchObject({ finding });
});

test('a candidate does not pay for the fuel of the mechanism in use', async () => {
  const incumbent = mechanismSource({
    propose: `for (let i = 0; i < 4e5; i++); ${FORBIDS} return [{ forbid, why: 'slow' }, s];`,
  });
  const answers: boolean[] = [];
  const dryRun: DryRun = {
    tasks: 1,
    score: (one) => answers.push(one === null || one.init(contextOf()).ok),
  };
  await check(mechanismSource(), { incumbent, dryRun, fuel: 1000 });
  expect(answers).toEqual([true, true]);
});

test('the report is the same the second time: no clock has a part in it', async () => {
  const source = libraryMechanism('thompson');
  expect(await check(source)).toEqual(await check(source));
});
