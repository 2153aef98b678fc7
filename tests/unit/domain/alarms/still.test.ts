import { expect, test } from 'vitest';
import type { LoopInput } from '../../../../src/contract/loop.js';
import { rentDue } from '../../../../src/domain/alarms/rent-due.js';
import { type Ended, standsStill, stillAfter } from '../../../../src/domain/alarms/still.js';

const same: Ended = { outcome: 'no_change', duplicateOf: null, ran: false };
const again = (duplicateOf: number): Ended => ({ outcome: 'duplicate', duplicateOf, ran: false });
const measured: Ended = { outcome: 'discard', duplicateOf: null, ran: true };
const refused: Ended = { outcome: 'refused', duplicateOf: null, ran: false };

const after = (ends: readonly Ended[]): number =>
  ends.reduce<number>((still, end) => stillAfter(still, end, 4), 0);

test('two lifts in a row that give what stands are a standstill; one that was run ends it', () => {
  expect(standsStill(after([same]))).toBe(false);
  expect(standsStill(after([same, again(4)]))).toBe(true);
  expect(standsStill(after([same, refused, same]))).toBe(true);
  expect(standsStill(after([same, again(2)]))).toBe(false);
  expect(after([same, again(4), measured])).toBe(0);
});

test('a system that stands still owes rent for keeps that were not asked about yet, before their number is full', () => {
  const input = { task: { holdout: {} }, level: 1, source: { baseCommit: 'a' } } as unknown as LoopInput;
  const baseline = { value: 1, n: 1 };
  const due = (keep: number, still: number) => rentDue({ baseline, outcomes: { keep }, still }, input);
  expect(due(1, 1)).toBeNull();
  expect(due(1, 2)).toMatchObject({ paid: { experiment: 0 }, still: true });
  expect(due(0, 2)).toBeNull();
  expect(due(3, 2)).toMatchObject({ still: false });
  const asked = { paid: { experiment: 3, commit: 'b', branchCommit: 'b', value: 2, n: 1 }, keeps: 1 };
  expect(rentDue({ baseline, outcomes: { keep: 1 }, still: 2, rent: asked }, input)).toBeNull();
});
