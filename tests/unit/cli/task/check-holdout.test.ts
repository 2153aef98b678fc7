import { expect, test } from 'vitest';
import { checkHoldout } from '../../../../src/cli/task/check-holdout.js';
import { taskWith } from '../../../support/loop-input.js';

const check = (vault: string): (() => void) => {
  const task = taskWith({ holdout: { vault, command: 'python3 score.py' } });
  return () => {
    checkHoldout({ task, taskFile: '/repo/task/task.yaml' });
  };
};

test('a vault is a plain name', () => {
  for (const vault of ['sine', 'sine-2.b']) expect(check(vault)).not.toThrow();
});

test('a path is refused, not cut to its last part', () => {
  for (const vault of ['../x', './x', '/srv/vaults/x', 'vaults/x/'])
    expect(check(vault)).toThrow(
      `holdout.vault: "${vault}" is not the name of a vault, but a path\n  Write x, if`,
    );
  for (const vault of ['..', '../', 'My Vault', '../My Vault', 'x/..'])
    expect(check(vault)).toThrow(/is not the name of a vault[^]*Use lower-case letters/);
});
