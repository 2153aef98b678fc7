import { expect, test } from 'vitest';
import type { Task } from '../../../../src/contract/task-schema.js';
import { checkHoldout } from '../../../../src/cli/task/check-holdout.js';
import type { LoadedTask } from '../../../../src/cli/task/load-task.js';

const check = (vault: string): (() => void) => {
  const task = { holdout: { vault, command: 'python3 score.py' } } as Task;
  const loaded: LoadedTask = { task, folder: '/repo/task', taskFile: '/repo/task/task.yaml', warnings: [] };
  return () => {
    checkHoldout(loaded, '/repo/.git');
  };
};

test('a vault is a name, or a path that leads out of the repository', () => {
  for (const vault of ['sine', '../../vaults/sine', '/srv/vaults/sine']) expect(check(vault)).not.toThrow();
});

test('a vault inside the repository is refused, and so is a name that the steward could not look up', () => {
  for (const vault of ['./vault', '../vaults/sine', '/repo/vaults/sine'])
    expect(check(vault)).toThrow(/inside the repository[^]*Move it/);
  expect(check('../../My Vault')).toThrow(/"My Vault" is not the name of a vault/);
});
