import type { Git } from './git.js';

export interface DiffOptions {
  prefix: string;
  /** longer ones are cut at a line's end, and say so */
  maxBytes: number;
}

const cut = (text: string, maxBytes: number): string => {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const end = bytes.lastIndexOf(0x0a, maxBytes);
  const kept = bytes.subarray(0, end + 1).toString();
  return `${kept}[${String(bytes.length - Buffer.byteLength(kept))} more bytes of this diff are left out]\n`;
};

/** The changes between two commits below a folder, as unified text. */
export const diffCommits = async (
  git: Git,
  [before, after]: readonly [string, string],
  { prefix, maxBytes }: DiffOptions,
): Promise<string> => {
  const plain = ['--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--ignore-submodules=all'];
  const below = prefix === '' ? [] : [`--relative=${prefix}/`];
  return cut(await git.quiet(['diff-tree', '-r', '-p', ...plain, ...below, before, after]), maxBytes);
};
