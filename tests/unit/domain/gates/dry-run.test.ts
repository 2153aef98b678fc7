import { expect, test } from 'vitest';
import type { HostedMechanism } from '../../../../src/contract/mechanism-run.js';
import { dryRunFinding } from '../../../../src/domain/gates/dry-run.js';
import { Broke } from '../../../../src/domain/gates/play.js';

const mechanism = {} as HostedMechanism;
const simulator = (gain: (task: number) => number) => ({
  tasks: 24,
  score: (one: HostedMechanism | null, task: number) => 0.5 + (one === null ? 0 : gain(task)),
});

test('harm on the simulator is a rejection, with its size', () => {
  const finding = dryRunFinding(
    mechanism,
    simulator((task) => -0.2 - 0.01 * (task % 3)),
  );
  expect(finding).toMatchObject({ gate: 'G7', verdict: 'rejected' });
  expect(finding?.reason).toContain('-0.21');
});

test('neither gain nor nothing nor doubt is a rejection', () => {
  for (const gain of [() => 0.2, () => 0, (task: number) => (task % 2 === 0 ? -0.1 : 0.1)])
    expect(dryRunFinding(mechanism, simulator(gain))).toBeNull();
});

test('a fault on the way is a finding of its own gate', () => {
  const fault = { kind: 'fuel', message: 'too much', during: 'propose', where: null } as const;
  const breaks = {
    tasks: 2,
    score: (): number => {
      throw new Broke(fault, 'task 1');
    },
  };
  expect(dryRunFinding(mechanism, breaks)).toMatchObject({ gate: 'G5', reason: 'propose, task 1: too much' });
});
