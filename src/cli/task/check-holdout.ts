import { vaultName } from '../../contract/steward.js';
import { UserError } from '../../contract/user-error.js';
import type { LoadedTask } from './load-task.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** A vault is a name that the steward looks up: a path would be cut to its last part, and mean another vault. */
export const checkHoldout = ({ task, taskFile }: Pick<LoadedTask, 'task' | 'taskFile'>): void => {
  if (task.holdout === undefined) return;
  const { vault } = task.holdout;
  if (NAME.test(vault)) return;
  const meant = vault.includes('/') ? vaultName(vault) : '';
  throw new UserError(
    `"${vault}" is not the name of a vault${vault.includes('/') ? ', but a path' : ''}`,
    `${taskFile}: holdout.vault`,
    `${NAME.test(meant) ? `Write ${meant}, if the steward's vault is called that` : 'Use lower-case letters, digits, dots and dashes'}. Vaults lie in the steward's own folder, outside of the repository; docs/security.md says how.`,
  );
};
