import { UserError } from '../../contract/user-error.js';
import type { Git } from './git.js';
import { checkRefName } from './ref-name.js';

export interface Advance {
  /** without refs/heads/, or the whole name of a ref of ours */
  branch: string;
  /** the tip it must have now; null: it must not exist */
  from: string | null;
  to: string;
}

/** Somebody else moved the branch; it is left as it is. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';

  constructor(
    readonly branch: string,
    readonly expected: string | null,
    readonly found: string | null,
  ) {
    super(
      `branch ${branch} is at ${found ?? 'nothing'}, not at ${expected ?? 'nothing'}: somebody else moved it`,
    );
  }
}

/** The commit a ref points to, null if there is no such ref. */
export const readRef = async (git: Git, ref: string): Promise<string | null> => {
  const found = await git.quiet(['for-each-ref', '--format=%(refname) %(objectname)', ref]);
  const line = found.split('\n').find((entry) => entry.startsWith(`${ref} `));
  return line?.slice(ref.length + 1) ?? null;
};

/** Says so where git has no room for a branch because of another one. */
export const refuseBlocked = async (git: Git, branch: string): Promise<void> => {
  const parents = branch.split('/').slice(0, -1);
  for (const index of parents.keys()) {
    const blocker = parents.slice(0, index + 1).join('/');
    if ((await readRef(git, `refs/heads/${blocker}`)) === null) continue;
    throw new UserError(
      `a branch named "${blocker}" leaves no room for "${branch}"`,
      git.directory,
      `rename it: git branch -m ${blocker} ${blocker}-old`,
    );
  }
};

/** Moves a branch from one tip to the next, if nobody else did; doing it twice is doing it once. */
export const advanceBranch = async (git: Git, { branch, from, to }: Advance): Promise<void> => {
  const ref = checkRefName(branch.startsWith('refs/') ? branch : `refs/heads/${branch}`);
  const absent = '0'.repeat(to.length);
  try {
    await git.quiet(['update-ref', '--no-deref', '-m', 'autolift: keep', ref, to, from ?? absent]);
  } catch (error) {
    const found = await readRef(git, ref);
    if (found === to) return;
    if (found !== from) throw new BranchMoved(branch, from, found);
    await refuseBlocked(git, branch);
    throw error;
  }
};
