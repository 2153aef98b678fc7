import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/contract/json.js';
import type { Called, HostedMechanism } from '../../../src/contract/mechanism-run.js';
import { openMechanism } from '../../../src/mechanism-host/open-mechanism.js';
import { contextOf, trialOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const opened = async (source: string): Promise<HostedMechanism> => {
  const called = await openMechanism(source);
  if (!called.ok) throw new Error(called.fault.message);
  return called.value;
};

const proposed = async (propose: string, top = ''): Promise<Called<{ directive: Json; state: Json }>> =>
  (await opened(mechanismSource({ propose, top }))).propose(contextOf({ trials: [trialOf({})] }), { n: 0 });

const SAYS = (expression: string): string => `return [{ why: String(${expression}) }, s];`;

test('a mechanism is asked in JSON and answers in JSON', async () => {
  const mechanism = await opened(mechanismSource({ observe: '({ n: s.n + t.id })' }));
  expect(mechanism.meta).toEqual({ name: 'made for a test', domain: 'tests', params: {} });
  expect(mechanism.init(contextOf())).toMatchObject({ ok: true, value: { n: 0 } });
  expect(mechanism.observe(trialOf({ id: 4 }), { n: 3 })).toMatchObject({ ok: true, value: { n: 7 } });
  expect(mechanism.propose(contextOf({ trials: [trialOf({})] }), { n: 1 })).toMatchObject({
    ok: true,
    value: { directive: { forbid: [{ key: 'lr+' }], why: 'the last failure' }, state: { n: 1 } },
  });
});

describe('a source that can not be loaded', () => {
  test.each([
    ['a syntax error', mechanismSource({ propose: 'return [' }), 'syntax', 'SyntaxError'],
    ['missing exports', 'export const meta = {};', 'load', 'it does not export init, propose, observe'],
    ['an import', `import fs from 'fs';\n${mechanismSource()}`, 'load', "it imports 'fs'"],
    ['a throw', mechanismSource({ top: "throw new Error('no');" }), 'load', 'Error: no'],
    ['a loop', mechanismSource({ top: 'for (;;);' }), 'fuel', 'units of fuel'],
    [
      'a promise that never resolves',
      mechanismSource({ top: 'await new (async () => {})().constructor(() => {});' }),
      'load',
      '',
    ],
    ['an await', mechanismSource({ top: 'await 1;' }), 'load', 'waits for a promise'],
    [
      'another arity',
      mechanismSource().replace('(c, s) =>', '(c, s, host) =>'),
      'load',
      'propose wants 3 arguments',
    ],
    ['deep nesting', mechanismSource({ top: '['.repeat(50_000) }), 'stack', 'too deeply'],
  ])('%s', async (_, source, kind, message) => {
    const called = await openMechanism(source);
    expect(called).toMatchObject({ ok: false, fault: { kind, during: 'load' } });
    if (!called.ok) expect(called.fault.message).toContain(message);
  });
});

describe('what is not there', () => {
  test.each([
    'Date',
    'eval',
    'Function',
    'globalThis',
    'Promise',
    'Proxy',
    'WeakRef',
    'console',
    'process',
    'require',
    'std',
    'os',
    'setTimeout',
    'fetch',
  ])('%s', async (name) => {
    expect(await proposed(SAYS(`typeof ${name}`))).toMatchObject({
      value: { directive: { why: 'undefined' } },
    });
  });

  test('chance: Math.random throws, with its line', async () => {
    expect(await proposed('\n  return [{ why: String(Math.random()) }, s];')).toMatchObject({
      ok: false,
      fault: {
        kind: 'throw',
        message: expect.stringContaining('take numbers from context.rnd') as string,
        where: { line: 6, excerpt: 'return [{ why: String(Math.random()) }, s];' },
      },
    });
  });

  test.each([
    "this.constructor.constructor('return process')()",
    "(() => {}).constructor('return process')()",
    "(function* () {}).constructor('return process')()",
    "(async () => {}).constructor('return process')()",
    "[].filter.constructor('return this')()",
    "Object.getPrototypeOf(() => {}).constructor('return this')()",
  ])('a way to make code from text: %s', async (expression) => {
    expect(await proposed(SAYS(expression))).toMatchObject({ ok: false, fault: { kind: 'throw' } });
  });

  test('an import at run time', async () => {
    expect(
      await proposed("import('fs').then(() => {}); return [{ why: 'later' }, { later: import('fs') }];"),
    ).toMatchObject({
      ok: false,
    });
  });
});

describe('limits', () => {
  test.each([
    ['a loop', 'for (;;) {}', 'fuel'],
    [
      'a loop in a generator',
      'const g = (function* () { for (;;) yield 1; })(); for (const one of g);',
      'fuel',
    ],
    ['a loop in a getter of what it throws', 'throw { get message() { for (;;); } };', 'fuel'],
    ['a loop in a getter of what it returns', 'return [{ get why() { for (;;); } }, s];', 'fuel'],
    [
      'a regular expression without end',
      "/^(a+)+$/.test('a'.repeat(60) + 'b'); return [{ why: '' }, s];",
      'fuel',
    ],
    ['objects without end', 'const all = []; for (;;) all.push({ a: [1] });', 'memory'],
    ['texts without end', "const all = []; for (;;) all.push('x'.repeat(1e6) + all.length);", 'memory'],
    ['buffers without end', 'const all = []; for (;;) all.push(new Uint8Array(1e6));', 'memory'],
    ['one large array', 'return [{ why: String(new Array(1e9).fill(0).length) }, s];', 'memory'],
    ['a doubling text', "let a = 'x'; for (;;) a += a;", 'throw'],
    ['deep recursion', 'const f = (n) => f(n + 1) + 1; return f(0);', 'stack'],
    ['recursion through sort', 'const f = () => [1, 2].sort(f); return f();', 'stack'],
    ['a state that is too big', "return [{ why: '' }, { text: 'x'.repeat(70000) }];", 'state-too-big'],
    ['a huge answer', "return [{ why: 'x'.repeat(5e6) }, s];", 'state-too-big'],
  ])('%s', async (_, propose, kind) => {
    expect(await proposed(propose)).toMatchObject({ ok: false, fault: { kind, during: 'propose' } });
  });

  test('after a fault a mechanism is not asked again, and the next one finds nothing of it', async () => {
    const broken = await opened(
      mechanismSource({ propose: 'const all = []; for (;;) all.push(new Uint8Array(1e6));' }),
    );
    const first = broken.propose(contextOf(), null);
    expect(broken.propose(contextOf(), null)).toEqual({ ...first, fuel: 0 });
    expect(await proposed(SAYS('1 + 1'))).toMatchObject({ ok: true });
  });
});

describe('answers that are not JSON', () => {
  test.each([
    ['a Map', "return [{ why: '' }, { seen: new Map() }];", 'the state.seen is a Map'],
    ['a Set in a list', "return [{ why: '' }, [new Set()]];", 'the state[0] is a Set'],
    ['a class', "class A {} return [{ why: '' }, new A()];", 'an instance of a class'],
    ['a function', "return [{ why: '', toJSON: () => ({}) }, s];", 'the directive.toJSON is a function'],
    ['NaN', "return [{ why: '', acceptTemp: NaN }, s];", 'the directive.acceptTemp is NaN'],
    ['a cycle', "const a = {}; a.a = a; return [{ why: '' }, a];", 'holds itself'],
    ['a bigint', "return [{ why: '' }, 1n];", 'the state is a bigint'],
    ['no state', "return [{ why: '' }, undefined];", 'the state is undefined'],
    ['a prototype', `return [JSON.parse('{"why":"","__proto__":{"forbid":[]}}'), s];`, '__proto__'],
    ['NUL', String.raw`return [{ why: '\u0000' }, s];`, 'NUL'],
    ['half a pair', String.raw`return [{ why: '\ud800' }, s];`, 'surrogate'],
  ])('%s', async (_, propose, message) => {
    const called = await proposed(propose);
    expect(called).toMatchObject({ ok: false, fault: { kind: 'not-json' } });
    if (!called.ok) expect(called.fault.message).toContain(message);
  });

  test.each([
    ['one value', "return { why: '' };", 'propose returned an object, not'],
    ['nothing', '', 'propose returned undefined, not'],
    ['three values', "return [{ why: '' }, s, 1];", 'propose returned 3 values, not'],
  ])('propose returns %s', async (_, propose, message) => {
    const called = await proposed(propose);
    expect(called).toMatchObject({ ok: false, fault: { kind: 'illegal' } });
    if (!called.ok) expect(called.fault.message).toContain(message);
  });
});

test('a getter is read once, and what was read is what the host gets', async () => {
  const called = await proposed('let n = 0; return [{ get why() { n += 1; return "read " + n; } }, s];');
  expect(called).toMatchObject({ value: { directive: { why: 'read 1' } } });
});

test('prototypes are frozen: nothing is remembered there, and no toJSON speaks for an answer', async () => {
  for (const change of [
    'Object.prototype.toJSON = () => 1',
    'Array.prototype.n = 1',
    'JSON.parse = () => 1',
    'Math.max = () => 1',
  ])
    expect(await proposed(`${change}; return [{ why: '' }, s];`)).toMatchObject({
      ok: false,
      fault: { kind: 'throw' },
    });
});

test('the context and the trials can not be changed', async () => {
  expect(await proposed("c.trials.push(1); return [{ why: '' }, s];")).toMatchObject({ ok: false });
  expect(await proposed("c.trials[0].status = 'keep'; return [{ why: '' }, s];")).toMatchObject({
    ok: false,
  });
});
