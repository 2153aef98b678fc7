import { readRef, refuseBlocked } from './advance-branch.js';
import type { Git } from './git.js';
import { checkRefName } from './ref-name.js';

/** A branch (without refs/heads/) that a loop is about to begin on, and the commit it begins with. */
export interface Claim {
  branch: string;
  at: string;
}

/**
 * Makes a branch that must not exist, in one step of git's: of two that claim it at the same moment one has it. Both
 * would begin with the same commit, so that looking afterwards can't tell whose it is.
 */
export const claimBranch = async (git: Git, { branch, at }: Claim): Promise<boolean> => {
  const ref = checkRefName(`refs/heads/${branch}`);
  try {
    await git.quiet(['update-ref', '--no-deref', '-m', 'autolift: open', ref, at, '0'.repeat(at.length)]);
    return true;
  } catch (error) {
    if ((await readRef(git, ref)) !== null) return false;
    await refuseBlocked(git, branch);
    throw error;
  }
};

/** Gives a claimed branch back on which no loop began; one that was moved since stays. */
export const releaseBranch = async (git: Git, { branch, at }: Claim): Promise<void> => {
  const ref = checkRefName(`refs/heads/${branch}`);
  await git.quiet(['update-ref', '--no-deref', '-d', ref, at]).catch(() => undefined);
};
