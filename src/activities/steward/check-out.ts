import { chmod, lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import type { ObjectReader, TreeFile } from '../../storage/git/index.js';

const MOST_BYTES = 2 * 1024 ** 3;
const BATCH = 200;

const isPlain = (path: string): boolean =>
  !isAbsolute(path) && path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()));

/** A link may stay within the checkout; one that leads out of it is left away. */
const leadsOut = (path: string, target: string): boolean =>
  isAbsolute(target) || normalize(join(dirname(path), target)).startsWith('..');

/** Writes a commit's files below a folder. Links come last, so that no file is ever written through one. */
export const checkOut = async (
  repository: ObjectReader,
  from: { commit: string; prefix: string },
  folder: string,
): Promise<void> => {
  const { commit, prefix } = from;
  const files = (await repository.listFiles(commit, prefix)).filter(({ mode }) => mode !== '160000');
  const bad = files.find(({ path }) => !isPlain(path));
  if (bad !== undefined) throw new Error(`the commit holds the path ${JSON.stringify(bad.path)}`);
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw new Error('the commit is too large');
  const read = async (some: readonly TreeFile[]): Promise<(Buffer | null)[]> =>
    await repository.readFiles(
      commit,
      some.map(({ path }) => (prefix === '' ? path : `${prefix}/${path}`)),
    );
  const isLink = ({ mode }: TreeFile): boolean => mode === '120000';
  const plain = files.filter((file) => !isLink(file));
  for (let at = 0; at < plain.length; at += BATCH) {
    const some = plain.slice(at, at + BATCH);
    const contents = await read(some);
    for (const [index, { path, mode }] of some.entries()) {
      const place = join(folder, path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, contents[index] ?? '', { flag: 'wx', mode: mode === '100755' ? 0o755 : 0o644 });
    }
  }
  const links = files.filter(isLink);
  const targets = await read(links);
  for (const [index, { path }] of links.entries()) {
    const target = targets[index]?.toString() ?? '';
    if (target === '' || leadsOut(path, target)) continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(target, join(folder, path));
  }
};

/** Leaves only plain files and folders of what a candidate left behind, for the scorer to read. */
export const keepPlainFiles = async (folder: string): Promise<void> => {
  await chmod(folder, 0o700);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isDirectory()) await keepPlainFiles(path);
    else if (found.isFile()) await chmod(path, 0o600 | (found.mode & 0o100));
    else await rm(path, { force: true });
  }
};
