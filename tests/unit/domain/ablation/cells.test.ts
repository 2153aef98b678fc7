import { expect, test } from 'vitest';
import { ARMS } from '../../../../src/contract/ablation.js';
import { cellKey, cellLoop, cellSeed, cellsOf, searchLoop } from '../../../../src/domain/ablation/cells.js';
import { parentOf } from '../../../../src/domain/research/child-names.js';
import { ablationInput } from '../../../support/ablation.js';
import { taskWith } from '../../../support/loop-input.js';

const input = ablationInput({
  arms: [...ARMS],
  n: 20,
  tasks: ['one', 'two'].map((name) => taskWith({ name })),
});

test('every cell is there once, repeat by repeat, and no arm is always first', () => {
  const cells = cellsOf(input);
  expect(new Set(cells.map(cellKey)).size).toBe(8 * 2 * 20);
  expect(cells.map(({ repeat }) => repeat)).toEqual(
    cells.map(({ repeat }) => repeat).toSorted((a, b) => a - b),
  );
  const first = cells.filter((_, index) => index % 8 === 0).map(({ arm }) => arm);
  expect(new Set(first).size).toBeGreaterThan(4);
  expect(cellsOf(input)).toEqual(cells);
  expect(cellsOf({ ...input, seed: 1 })).not.toEqual(cells);
});

test('arms share the seeds of a repeat; tasks and repeats have their own', () => {
  const seeds = cellsOf(input).map((cell) => cellSeed(input.seed, cell));
  expect(new Set(seeds).size).toBe(2 * 20);
});

test('names of loops are such that git takes them, lead to the ablation, and change with the attempt', () => {
  const cell = { arm: 'A+', task: 1, repeat: 3 } as const;
  expect(cellLoop(input, cell)).toBe('ablation/toy/A-plus/two.3');
  expect(cellLoop({ ...input, attempt: 2 }, cell)).toBe('ablation/toy/again-2/A-plus/two.3');
  const search = searchLoop(input, 'C', 0);
  expect([search, cellLoop(input, cell)].map(parentOf)).toEqual(['ablation/toy', 'ablation/toy']);
  expect(parentOf(`${search}/1-candidate-0/one.0`)).toBe(search);
  expect(parentOf('sine/try1')).toBeNull();
});
