import type { Git } from './git.js';
import { checkRefName } from './ref-name.js';

/** Points a ref of autolift's own to a commit, wherever it was. */
export const setRef = async (git: Git, ref: string, to: string): Promise<void> => {
  await git.quiet(['update-ref', '--no-deref', checkRefName(ref), to]);
};
