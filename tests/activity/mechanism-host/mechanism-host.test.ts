import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { startMechanismHost } from '../../../src/mechanism-host/mechanism-host.js';
import type { MechanismStep } from '../../../src/contract/mechanism-run.js';
import { contextOf } from '../../support/mechanism-context.js';
import { mechanismSource } from '../../support/mechanism-source.js';

const host = startMechanismHost(10_000);
afterAll(() => host.close());

const stepOf = (propose: string): MechanismStep => ({
  source: mechanismSource({ propose }),
  observed: [],
  context: contextOf(),
});

const WELL = stepOf("return [{ batch: 2, why: 'well' }, s];");

test('steps and checks are answered from the thread, in the order of asking', async () => {
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

test('work that is not counted is ended from outside, and the next mechanism runs', async () => {
  const sorts =
    "const all = Array.from({ length: 1e5 }, (_, i) => 'x' + ((i * 7919) % 1e5)); for (;;) [...all].sort();";
  const stepped = await host.step(stepOf(sorts));
  expect(stepped).toMatchObject({
    fault: { kind: 'hung' },
    directive: { why: 'identity: the loop does as it would' },
  });
  expect((await host.step(WELL)).directive).toEqual({ batch: 2, why: 'well' });
}, 120_000);

test('a check of the same ends at G5', async () => {
  const source = mechanismSource({
    propose:
      "const all = Array.from({ length: 1e5 }, (_, i) => 'x' + ((i * 7919) % 1e5)); for (;;) [...all].sort();",
  });
  expect((await host.check({ source })).finding).toMatchObject({ gate: 'G5', verdict: 'rejected' });
}, 120_000);

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
