import { expect, test } from 'vitest';
import type { HostedMechanism } from '../../../../src/contract/mechanism-run.js';
import type { Directive } from '../../../../src/contract/mechanism.js';
import { dryRunFinding } from '../../../../src/domain/gates/dry-run.js';
import { simulatedDryRun } from '../../../../src/domain/gates/simulated-dry-run.js';

const hosted = (propose: HostedMechanism['propose']): HostedMechanism => ({
  meta: { name: 'stub', domain: 'tests', params: {} },
  init: () => ({ ok: true, value: null, fuel: 0 }),
  propose,
  observe: (_, state) => ({ ok: true, value: state, fuel: 0 }),
  dispose: () => undefined,
});

const says = (directive: Directive): HostedMechanism =>
  hosted((_, state) => ({ ok: true, value: { directive: { ...directive }, state }, fuel: 0 }));

test('to do nothing comes to the same, on each of two dozen loops', () => {
  const dryRun = simulatedDryRun();
  expect(dryRun.tasks).toBe(24);
  const none = says({ why: '' });
  for (let task = 0; task < dryRun.tasks; task++)
    expect(dryRun.score(none, task)).toBe(dryRun.score(null, task));
});

test('a mechanism that spends its trials on one knob is harmful', () => {
  const worst = says({ forbid: Array.from({ length: 11 }, (_, i) => ({ knob: `k${String(i)}` })), why: '' });
  expect(dryRunFinding(worst, simulatedDryRun())).toMatchObject({ gate: 'G7', verdict: 'rejected' });
});

test('a fault on the way is found, also one that the simulator would go on without', () => {
  const fault = { kind: 'fuel', message: 'too much', during: 'propose', where: null } as const;
  const breaks = hosted(() => ({ ok: false, fault, fuel: 101 }));
  expect(dryRunFinding(breaks, simulatedDryRun())).toMatchObject({ gate: 'G5' });
  const illegal = says({ move: [{ knob: 'nobody', step: 1 }], why: '' });
  expect(dryRunFinding(illegal, simulatedDryRun())).toMatchObject({
    gate: 'G3',
    reason: expect.stringContaining('there is no knob "nobody"') as string,
  });
});
