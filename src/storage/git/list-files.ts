import type { Git } from './git.js';
import type { TreeFile } from './tree-file.js';

const ENTRY = /^(\d{6}) (?:blob|commit) ([0-9a-f]+) +(\d+|-)\t(.+)$/s;

/** Every file that a commit has below a folder ("" for all), in git's order: by bytes of the path. */
export const listFiles = async (git: Git, commit: string, prefix: string): Promise<TreeFile[]> => {
  const below = prefix === '' ? [] : ['--', `${prefix}/`];
  const listed = await git.quiet(['ls-tree', '-r', '-l', '-z', '--full-tree', commit, ...below]);
  const skip = prefix === '' ? 0 : prefix.length + 1;
  return listed
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry): TreeFile => {
      const [, mode, oid, size, path] = ENTRY.exec(entry) ?? [];
      if (mode === undefined || oid === undefined || path === undefined) {
        throw new Error(`git ls-tree answered "${entry}"`);
      }
      return { path: path.slice(skip), mode, oid, size: size === '-' ? 0 : Number(size) };
    });
};
