import path from 'node:path';
import { vaultName } from '../../contract/steward.js';
import { UserError } from '../../contract/user-error.js';
import type { LoadedTask } from './load-task.js';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

const mistake = (what: string, { taskFile }: LoadedTask, fix: string): UserError =>
  new UserError(what, `${taskFile}: holdout.vault`, fix);

/** A holdout lies outside of what proposers and candidates are made from, and has a name that the steward can look up. */
export const checkHoldout = (loaded: LoadedTask, repository: string): void => {
  const { holdout } = loaded.task;
  if (holdout === undefined) return;
  const { vault } = holdout;
  const name = vaultName(vault);
  if (!NAME.test(name))
    throw mistake(
      `"${name}" is not the name of a vault`,
      loaded,
      'Use lower-case letters, digits and dashes.',
    );
  const worktree = path.basename(repository) === '.git' ? path.dirname(repository) : repository;
  const inside = path.relative(worktree, path.resolve(loaded.folder, vault));
  if (vault.includes('/') && !inside.startsWith('..') && !path.isAbsolute(inside))
    throw mistake(
      `${vault} is inside the repository: every candidate is made from a copy of it`,
      loaded,
      "Move it into the steward's own folder; docs/security.md says how.",
    );
};
