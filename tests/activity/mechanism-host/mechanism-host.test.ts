import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { startMechanismHost } from '../../../src/mechanism-host/mechanism-host.js';
import type { MechanismStep } from '../../../src/contract/mechanism-run.js';
import { contextOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const host = startMechanismHost({ call: 1 });
afterAll(() => host.close());

const stepOf = (propose: string): MechanismStep => ({
  source: mechanismSource({ propose }),
  observed: [],
  context: contextOf(),
});

const IDENTITY = readFileSync(new URL('../../../mechanisms/identity.js', import.meta.url), 'utf8');
const WELL = stepOf("return [{ batch: 2, why: 'well' }, s];");

test('steps and checks are answered from threads, whoever else asks', async () => {
  const tabu = readFileSync(new URL('../../../mechanisms/tabu.js', import.meta.url), 'utf8');
  const [first, report, last] = await Promise.all([
    host.step(WELL),
    host.check({ source: tabu }),
    host.step(WELL),
  ]);
  expect(first).toEqual(last);
  expect(first.directive).toEqual({ batch: 2, why: 'well' });
  expect(report).toMatchObject({ finding: null, meta: { name: 'tabu' } });
});

test('the event loop goes on while a mechanism burns its fuel', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const stepped = await host.step(stepOf('for (;;) [1, 2, 3].map((one) => one * 2);'));
  clearInterval(timer);
  expect(stepped.fault?.kind).toBe('fuel');
  expect(turns).toBeGreaterThan(0);
});

/** Sorts for ever; fuel counts one of ten thousand sorts. */
const SORTS =
  "const all = Array.from({ length: 1e5 }, (_, i) => 'x' + ((i * 7919) % 1e5)); for (;;) [...all].sort();";

test('work that is not counted is ended from outside, and the next mechanism runs', async () => {
  const stepped = await host.step(stepOf(SORTS));
  expect(stepped).toMatchObject({
    fault: { kind: 'hung', during: 'propose' },
    directive: { why: 'identity: the loop does as it would' },
  });
  expect((await host.step(WELL)).directive).toEqual({ batch: 2, why: 'well' });
});

test('a check of the same ends at G5', async () => {
  const source = mechanismSource({ propose: SORTS });
  expect((await host.check({ source })).finding).toMatchObject({
    gate: 'G5',
    verdict: 'rejected',
    reason: expect.stringMatching(
      /^propose: a call took more than 1 s of CPU time, in work that fuel does not/,
    ),
  });
});

test('calls that are slow and end, thousands of them, are more than a check may take', async () => {
  const brief = startMechanismHost({ check: 2 });
  onTestFinished(() => brief.close());
  const source = mechanismSource({
    propose: `const all = Array.from({ length: 2e3 }, (_, i) => 'x' + ((i * 7919) % 2e3));
      for (let i = 0; i < 50; i++) [...all].sort();
      return [{ why: 'slow' }, s];`,
  });
  const { finding } = await brief.check({ source });
  expect(finding).toMatchObject({ gate: 'G5', verdict: 'rejected' });
  expect(finding?.reason).toMatch(/^its calls took more than 2 s of CPU time together, \d+ of them, in work/);
});

describe('mechanisms that never end', () => {
  const patient = startMechanismHost({ call: Infinity, step: Infinity, check: Infinity });
  afterAll(() => patient.close());
  const endless = { source: mechanismSource({ propose: SORTS }) };

  test('one of them delays nobody, and goes with its signal', async () => {
    const caller = new AbortController();
    const hung = patient.check(endless, caller.signal);
    expect((await patient.step(WELL)).fault).toBeNull();
    expect((await patient.check({ source: IDENTITY })).finding).toMatchObject({ gate: 'G6' });
    const reason = new Error('its loop was cancelled');
    caller.abort(reason);
    await expect(hung).rejects.toBe(reason);
  });

  test('whoever waits for a thread gets the one that is freed, and may leave before', async () => {
    const callers = Array.from({ length: 3 }, () => new AbortController());
    const hung = callers.map(({ signal }) => patient.check(endless, signal));
    const waits = patient.step(WELL);
    const ended: unknown[] = [];
    for (const one of hung) one.catch((error: unknown) => ended.push(error));
    callers[2]?.abort(new Error('has had no thread'));
    await expect(hung[2]).rejects.toThrow('has had no thread');
    callers[0]?.abort(new Error('has had a thread'));
    await expect(hung[0]).rejects.toThrow('has had a thread');
    expect((await waits).fault).toBeNull();
    expect(ended).toHaveLength(2);
    callers[1]?.abort(new Error('the last one'));
    await expect(hung[1]).rejects.toThrow('the last one');
  });

  test('a signal that has aborted already starts nothing', async () => {
    await expect(patient.check(endless, AbortSignal.abort(new Error('too late')))).rejects.toThrow(
      'too late',
    );
  });
});

test('an engine that runs out of its own stack takes nobody with it', async () => {
  for (const top of ['['.repeat(60_000), `${'('.repeat(60_000)}1`, `let a = ${'!'.repeat(60_000)}1;`]) {
    const stepped = await host.step({ ...WELL, source: mechanismSource({ top }) });
    expect(stepped.fault).toMatchObject({ during: 'load' });
  }
  expect((await host.step(WELL)).fault).toBeNull();
});

test('a host that was closed begins again when it is asked', async () => {
  await host.close();
  expect((await host.step(WELL)).fault).toBeNull();
});
