import { expect, test } from 'vitest';
import { alarmText, revertText } from '../../../src/contract/alarm.js';
import type { LoopRecord } from '../../../src/contract/ledger.js';
import { revertsOf } from '../../../src/contract/reverts.js';
import { standingKeeps } from '../../../src/domain/loop/standing-keeps.js';
import { alarmsOf, epochAlarm } from '../../../src/report/alarms-of.js';

const event = (kind: LoopRecord['events'][number]['kind'], text: string, at: number) => ({
  loop: 'l',
  seq: at,
  kind,
  text,
  at,
});
const keep = (experiment: number, settledAt: number) =>
  ({ experiment, settledAt, outcome: 'keep' }) as LoopRecord['experiments'][number];
const numbers = (rows: readonly { experiment: number }[]) => rows.map(({ experiment }) => experiment);

test('keeps that were taken back do not stand; those before and after do', () => {
  const kept = [keep(1, 10), keep(3, 20), keep(5, 30), keep(8, 60)];
  const back = (to: number) => ({ events: [event('reverted', revertText(to, 'c'), 40)] });
  expect(numbers(standingKeeps(kept, revertsOf(back(1).events)))).toEqual([1, 8]);
  expect(numbers(standingKeeps(kept, revertsOf(back(0).events)))).toEqual([8]);
  expect(numbers(standingKeeps(kept, []))).toEqual([1, 3, 5, 8]);
});

const bridge = { artifacts: 40, bias: 0.05, se: 0.001, tau: 1 };
const epoch = { epoch: 2, decision: 'new-scale', why: 'another scale', bridge, at: 7 } as const;

test('an evaluator that pays otherwise is an alarm; one that is merely unproven is none', () => {
  expect(epochAlarm(epoch)).toMatchObject({ mode: 'evaluator-capture', at: 7 });
  expect(epochAlarm(epoch)?.why).toContain('invalid: evaluator-drift');
  expect(epochAlarm({ ...epoch, bridge: { ...bridge, bias: 0.011 } })).toBeNull();
  expect(epochAlarm({ ...epoch, bridge: { ...bridge, bias: null, se: null } })).toBeNull();
  expect(
    epochAlarm({ ...epoch, decision: 'refuse', bridge: { ...bridge, bias: null, se: null } }),
  ).not.toBeNull();
});

test('alarms of the loop and of its evaluators are told in their order', () => {
  const tamper = { mode: 'tamper', experiment: 4, why: 'x', response: [] } as const;
  const events = [
    event('alarm', alarmText({ ...tamper, response: [] }), 9),
    event('notice', 'leak at #1: no', 1),
  ];
  const record = { events, otherEpochs: [epoch] } as unknown as LoopRecord;
  expect(alarmsOf(record).map(({ mode }) => mode)).toEqual(['evaluator-capture', 'tamper']);
});
