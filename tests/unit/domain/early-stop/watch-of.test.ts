import { expect, test } from 'vitest';
import { runRequestSchema } from '../../../../src/contract/run-schema.js';
import { watchOf } from '../../../../src/domain/early-stop/watch-of.js';
import { taskWith } from '../../../support/loop-input.js';

const run = { command: 'python3 train.py', budget: 10 };

test('where a task declares nothing, nothing is said: older device workers refuse what they don’t know', () => {
  expect(watchOf(taskWith(), { experiment: 1 })).toEqual({});
});

test('what a task declares is spelled out for the device worker', () => {
  const task = taskWith({
    run: {
      ...run,
      divergence: { above: 20 },
      checkpoint: 'ckpt/*.pt',
      earlyStop: { margin: 0.2, spare: 0 },
    },
  });
  const { watch } = watchOf(task, { experiment: 3, against: [null, 3, 2] });
  expect(watch).toEqual({
    divergence: { above: 20, times: null, reports: 3 },
    checkpoint: { path: 'ckpt/*.pt', everySeconds: 60, maxBytes: 2 * 1024 ** 3 },
    earlyStop: { after: 0.3, margin: 0.2, cells: 3, incumbent: [null, 3, 2], spare: false },
  });
  expect(runRequestSchema.shape.watch.safeParse(watch).success).toBe(true);
});

test('a run that may not be stopped is held against no curve', () => {
  const task = taskWith({ run: { ...run, earlyStop: {} } });
  expect(watchOf(task, { experiment: 3 }).watch?.earlyStop?.incumbent).toEqual([]);
});

test('a share of the experiments is spared, the same ones in every replay', () => {
  const task = taskWith({ run: { ...run, earlyStop: { spare: 0.1 } } });
  const spared = () =>
    Array.from({ length: 2000 }, (_, experiment) => watchOf(task, { experiment }).watch?.earlyStop?.spare);
  const share = spared().filter(Boolean).length / 2000;
  expect(share).toBeGreaterThan(0.07);
  expect(share).toBeLessThan(0.13);
  expect(spared()).toEqual(spared());
});
