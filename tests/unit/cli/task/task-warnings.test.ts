import { expect, test } from 'vitest';
import { taskWarnings } from '../../../../src/cli/task/task-warnings.js';
import { taskWith } from '../../../support/loop-input.js';

const outer = (nmax: number) =>
  taskWith({
    level: 'R4',
    editable: ['method/process/**'],
    research: { tasks: [{ folder: '../sine', target: 0 }], repeats: 4 },
    acceptance: { rule: 'lift', nmax },
    budget: { experiments: 2 },
  });

test('an outer loop whose measurements can never add up to a lift is told of, with what would do', () => {
  expect(taskWarnings(outer(7)).filter((one) => one.startsWith('nothing can be kept'))).toEqual([
    'nothing can be kept: acceptance.nmax (7) times 4 loops is fewer than the 30 pairs that a lift needs; set nmax to 8 at least',
  ]);
  expect(taskWarnings(outer(8)).filter((one) => one.startsWith('nothing can be kept'))).toEqual([]);
});

test('a warm start that can never be is told of', () => {
  const warm = { imports: ['torch'] };
  const ofWarm = (command: string) =>
    taskWarnings(taskWith({ run: { command, warm } })).filter((one) => one.startsWith('run.warm'));
  expect(ofWarm('python3 train.py')).toEqual([]);
  expect(ofWarm('torchrun train.py')).toHaveLength(1);
});
