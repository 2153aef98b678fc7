import { constants } from 'node:fs';
import { mkdir, open, realpath, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openGit } from './git.js';
import { listFiles } from './list-files.js';
import { readObjects } from './read-objects.js';
import type { Repository } from './repository.js';

/** What commits hold, by their full hashes; nothing else of their repository. */
export type ObjectReader = Pick<Repository, 'listFiles' | 'readFiles' | 'readHeader'>;

const FULL_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const MOST_POINTER_BYTES = 4096;
/** Ample for 2 GiB; what takes longer is a pipe in place of an object. */
const LIMIT_MS = 60_000;

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** First line of a small file of git's, without what it begins with; null: there is none. */
const pointer = async (file: string, prefix: string): Promise<string | null> => {
  // a pipe that nobody writes to would hold a plain open for ever
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  try {
    if (!(await handle.stat()).isFile()) return null;
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(MOST_POINTER_BYTES),
      0,
      MOST_POINTER_BYTES,
      0,
    );
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n');
    return line !== '' && line.startsWith(prefix) ? line.slice(prefix.length) : null;
  } finally {
    await handle.close();
  }
};

/** The folder of a repository's objects, found without git: of a work tree, a linked one, a git directory or a bare one. */
const objectsOf = async (path: string): Promise<string> => {
  const inside = join(path, '.git');
  const linked = await pointer(inside, 'gitdir: ');
  const git = linked !== null ? resolve(path, linked) : (await isFolder(inside)) ? inside : path;
  const common = await pointer(join(git, 'commondir'), '');
  const objects = join(common === null ? git : resolve(git, common), 'objects');
  if (!(await isFolder(objects))) throw new Error(`${path} is no repository`);
  const real = await realpath(objects);
  if (/[\n"#]/.test(real)) throw new Error(`${JSON.stringify(real)} can't be named as an alternate`);
  return real;
};

const CONFIG = {
  40: '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
  64: '[core]\n\trepositoryformatversion = 1\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n',
};

/**
 * Reads commits of a repository that belongs to somebody else. git is never run in it: its configuration can name programs
 * (a partial clone's transport, a filter, a signature's checker). It is run in `folder`, which is made anew, an empty
 * repository of our own whose alternate are the other's objects; and for a limited time, since one can be a pipe. (gitrepository-layout(5), objects/info/alternates)
 */
export const openObjects = async (
  path: string,
  folder: string,
  limitMs = LIMIT_MS,
): Promise<ObjectReader> => {
  const objects = await objectsOf(path);
  const gitOf = async (commit: string) => {
    if (!FULL_HASH.test(commit)) throw new Error(`${JSON.stringify(commit)} is no full hash`);
    const directory = join(folder, String(commit.length));
    if (!(await isFolder(directory))) {
      for (const part of ['refs', 'objects/info']) await mkdir(join(directory, part), { recursive: true });
      await writeFile(join(directory, 'HEAD'), 'ref: refs/heads/none\n');
      await writeFile(join(directory, 'config'), commit.length === 64 ? CONFIG[64] : CONFIG[40]);
      await writeFile(join(directory, 'objects', 'info', 'alternates'), `${objects}\n`);
    }
    return openGit(directory, limitMs);
  };
  return {
    listFiles: async (commit, prefix) => await listFiles(await gitOf(commit), commit, prefix),
    readFiles: async (commit, paths) =>
      await readObjects(
        await gitOf(commit),
        paths.map((name) => `${commit}:${name}`),
      ),
    readHeader: async (commit) => await (await gitOf(commit)).quiet(['cat-file', 'commit', commit]),
  };
};
