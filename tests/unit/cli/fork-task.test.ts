import { expect, test } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.js';
import { fork } from '../../../src/cli/commands/fork.js';
import { classNotices, forkTask, takenOver, type Left } from '../../../src/cli/fork-task.js';
import { UserError } from '../../../src/contract/user-error.js';
import { loopInput, taskWith } from '../../support/loop-input.js';

const left = loopInput('toy/one', taskWith({ seed: 7, budget: { experiments: 50 } }));
const nothing = { budget: {}, concurrency: undefined, proposer: undefined, device: undefined };

test('a fork takes the class that --device names, or several in order, and all else from the old loop', () => {
  const before = forkTask(left, 3, nothing);
  expect([before.run.device, before.seed]).toEqual(['cpu', 11]);
  const one = forkTask(left, 3, { ...nothing, device: 'gamma' });
  expect(one).toEqual({ ...before, run: { ...before.run, device: 'gamma' } });
  const several = forkTask(left, 3, { ...nothing, device: 'h100, gamma,h100', budget: { experiments: 5 } });
  expect([several.run.device, several.budget.experiments]).toEqual([['h100', 'gamma'], 5]);
});

test('fork reads --device, and refuses what names no class', () => {
  expect(readArguments(fork, ['toy/one', '3', '--device', 'gamma'])['device']).toBe('gamma');
  const forked = (device: string) => () => forkTask(left, 3, { ...nothing, device });
  expect(forked('Gamma!')).toThrow('--device: "Gamma!" is not the name of a device class');
  expect(forked(',')).toThrow('--device: "," names no device class');
});

test('a loop that is measured by loops below it has no class of its own to change', () => {
  const above = { ...left, research: { tasks: [] } } as unknown as Left;
  expect(() => forkTask(above, 3, { ...nothing, device: 'gamma' })).toThrow(UserError);
});

test('a fork on another class says that nothing is compared across, and one on the same says nothing', () => {
  const on = (device: string) => forkTask(left, 3, { ...nothing, device });
  expect(classNotices('toy/one', 'cpu', on('h100,gamma'))).toEqual([
    'toy/one ran on cpu: the baseline is measured anew on h100 or gamma, and nothing is compared with scores of cpu',
  ]);
  expect(classNotices('toy/one', 'cpu', on('cpu'))).toEqual([]);
});

test('a fork of an outer loop is measured by its study too', () => {
  const research = { tasks: [], repeats: 2, rescore: 3, parallel: 2 };
  expect(takenOver({ ...left, level: 4, research })).toEqual({ level: 4, research });
  expect(takenOver(left)).toEqual({ level: 0 });
});
