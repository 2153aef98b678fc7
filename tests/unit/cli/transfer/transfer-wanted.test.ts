import { expect, test } from 'vitest';
import { classesWanted, planWanted } from '../../../../src/cli/transfer/transfer-wanted.js';
import type { LoopRecord } from '../../../../src/contract/ledger.js';
import { loopRecord } from '../../../support/loop-record.js';

/** A loop that ran on cpu, and whose task wishes for these classes. */
const recordWith = (to: string | string[]): LoopRecord => {
  const record = loopRecord({ experiments: 30 });
  const { input } = record.loop;
  const task = { ...input.task, transfer: { to, at: 'final' as const, pairs: 10 } };
  return { ...record, loop: { ...record.loop, input: { ...input, task } } };
};

test("the loop's own class is left out of the task's list, and the others are measured", () => {
  const record = recordWith(['gamma', 'cpu']);
  const to = classesWanted(record, undefined);
  expect(to).toEqual(['gamma']);
  expect(planWanted(record, { to }).from).toBe('cpu');
  expect(classesWanted(recordWith('cpu'), undefined)).toEqual([]);
});

test("the loop's own class is refused where somebody types it", () => {
  const record = recordWith(['gamma', 'cpu']);
  const to = classesWanted(record, 'gamma,cpu');
  expect(() => planWanted(record, { to })).toThrow('--to: cpu is the class that the loop itself ran on');
});
