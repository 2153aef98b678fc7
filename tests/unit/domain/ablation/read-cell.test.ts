import { expect, test } from 'vitest';
import type { LoopResult } from '../../../../src/contract/loop.js';
import { readCell } from '../../../../src/domain/ablation/read-cell.js';
import { ablationInput } from '../../../support/ablation.js';

const [of] = ablationInput().research.tasks;
const cell = { arm: 'A', task: 0, repeat: 0 } as const;
const result: LoopResult = {
  loop: 'x',
  stopped: 'budget spent: 2 of 2 experiments',
  incumbent: { experiment: 2, commit: '', branchCommit: '', value: 1, n: 1 },
  baseline: { value: 10, n: 1 },
  spent: { experiments: 2, deviceSeconds: 4, dollars: 0, tokens: 0 },
  outcomes: { keep: 1, discard: 1 },
  rescored: { incumbent: [4, 6], baseline: [10, 10] },
};

test('a cell is scored on fresh runs of what it kept, not on the luck of its search', () => {
  if (of === undefined) throw new Error('there is a task');
  expect(readCell(cell, result, of)).toMatchObject({ u: 0.5, value: 5, keeps: 1, failed: null });
});

test('a cell says how its mechanism stood', () => {
  if (of === undefined) throw new Error('there is a task');
  expect(readCell(cell, { ...result, mechanism: 'inert' }, of)).toMatchObject({ mechanism: 'inert' });
  expect(readCell(cell, result, of)).not.toHaveProperty('mechanism');
});

test('a loop that somebody stopped has another budget than its pairs, and no score', () => {
  if (of === undefined) throw new Error('there is a task');
  const stopped = readCell(cell, { ...result, stopped: 'stopped by a person' }, of);
  expect(stopped).toMatchObject({ u: null, failed: 'it ended early: stopped by a person', experiments: 2 });
});
