import type { Git } from './git.js';

const NEWLINE = 0x0a;
const HEADER = /^[0-9a-f]+ (\w+) (\d+)$/;

/** Reads many files with one process. Names are blob ids or `<commit>:<path>`; null for what isn't a file. */
export const readObjects = async (git: Git, names: readonly string[]): Promise<(Buffer | null)[]> => {
  if (names.length === 0) return [];
  if (names.some((name) => name.includes('\n'))) throw new Error('a path with a line break cannot be read');
  const answer = await git.bytes(['cat-file', '--batch', '--buffer'], `${names.join('\n')}\n`);
  let at = 0;
  return names.map(() => {
    const end = answer.indexOf(NEWLINE, at);
    const [, type, size] = HEADER.exec(answer.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) return null;
    const content = answer.subarray(at, at + Number(size));
    at += Number(size) + 1;
    return type === 'blob' ? content : null;
  });
};
