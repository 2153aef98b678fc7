import type { Git } from './git.js';
import { commitMessage, signature } from './signature.js';

export interface Merge {
  /** first parent: the branch as it is */
  tip: string;
  /** second parent, whose tree is taken whole */
  candidate: string;
  message: string;
  /** whole seconds since the epoch */
  at: number;
}

/** Commits a kept candidate that doesn't descend from the branch's tip: its tree, both histories. */
export const mergeInto = async (git: Git, { tip, candidate, message, at }: Merge): Promise<string> => {
  const tree = (await git.text(['rev-parse', '--verify', '--end-of-options', `${candidate}^{tree}`])).trim();
  const who = signature(at);
  const commit = [
    `tree ${tree}`,
    `parent ${tip}`,
    `parent ${candidate}`,
    `author ${who}`,
    `committer ${who}`,
    '',
    commitMessage(message),
  ].join('\n');
  return (await git.bytes(['hash-object', '-t', 'commit', '-w', '--stdin'], commit)).toString().trim();
};
