import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BlobRef } from '../../contract/blob.js';
import { storePath } from './store-path.js';

/** Bytes to keep, whole or piece by piece. */
export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const exists = async (path: string, bytes: number): Promise<boolean> =>
  await stat(path).then(
    (found) => found.size === bytes,
    () => false,
  );

/** Does something in a folder, which is made only if it turns out to be missing: mostly it is there. */
const inFolderOf = async <T>(path: string, act: () => Promise<T>): Promise<T> => {
  try {
    return await act();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return await act();
  }
};

const writeDurably = async (path: string, pieces: Pieces): Promise<{ sha256: string; bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  const file = await inFolderOf(path, async () => await open(path, 'wx', 0o644));
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), bytes };
};

/** Writes aside, then moves into place: under a blob's name there is all of it or nothing. */
export const writeBlob = async (dir: string, pieces: Pieces, mediaType: string): Promise<BlobRef> => {
  const aside = join(dir, 'tmp', randomUUID());
  let moved = false;
  try {
    const { sha256, bytes } = await writeDurably(aside, pieces);
    const path = storePath(dir, sha256);
    if (!(await exists(path, bytes))) {
      await inFolderOf(path, async () => {
        await rename(aside, path);
      });
      moved = true;
    }
    return { sha256, bytes, mediaType };
  } finally {
    if (!moved) await rm(aside, { force: true }).catch(() => undefined);
  }
};
