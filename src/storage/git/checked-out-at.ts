import type { Git } from './git.js';

/** Work trees that stand on a branch (without refs/heads/): its tip moves under them. */
export const checkedOutAt = async (git: Git, branch: string): Promise<string[]> => {
  const listed = await git.quiet(['worktree', 'list', '--porcelain']);
  return listed.split('\n\n').flatMap((entry) => {
    const lines = entry.split('\n');
    if (!lines.includes(`branch refs/heads/${branch}`)) return [];
    return lines.find((line) => line.startsWith('worktree '))?.slice('worktree '.length) ?? [];
  });
};
