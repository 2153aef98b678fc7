import { expect, test } from 'vitest';
import { bridge } from '../../../../src/domain/epoch/bridge.js';
import {
  EPOCH_STEPS,
  epochDecision,
  type EvaluatorChange,
} from '../../../../src/domain/epoch/epoch-decision.js';
import { times } from '../../../support/draws.js';

const reference = times(40, (i) => i / 40);
const scoredWith = (shift: number) =>
  bridge({ old: reference, new: reference.map((score) => score + shift) });

const change = (part: Partial<EvaluatorChange> = {}): EvaluatorChange => ({
  from: 'aaa',
  to: 'bbb',
  announced: true,
  bridge: scoredWith(0),
  breaches: [],
  ...part,
});

const RIGGED: [string, EvaluatorChange, string][] = [
  ['canaries', change({ breaches: [{ canary: 'no-op', why: 'the baseline moved' }] }), 'refuse'],
  ['announced', change({ announced: false }), 'refuse'],
  ['bridge', change({ bridge: scoredWith(0.05) }), 'new-scale'],
];

test('an announced version that measures alike continues on the same scale', () => {
  expect(epochDecision(change())).toMatchObject({ decision: 'continue', comparable: true });
});

test.each(RIGGED)(
  'without the step %s scores would be compared that must not be',
  (step, rigged, decision) => {
    expect(epochDecision(rigged)).toMatchObject({ decision, comparable: false });
    const left = EPOCH_STEPS.filter(({ name }) => name !== step);
    expect(left.every(({ decides }) => decides(rigged) === null)).toBe(true);
  },
);

test('every step has such a change', () => {
  expect(EPOCH_STEPS.map(({ name }) => name)).toEqual(RIGGED.map(([step]) => step));
});

test('the reason says the numbers', () => {
  expect(epochDecision(change({ bridge: scoredWith(0.05) })).why).toContain('0.0500');
  expect(epochDecision(change({ announced: false })).why).toContain('from aaa to bbb');
});
