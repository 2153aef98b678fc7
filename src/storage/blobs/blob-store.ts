import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { BlobRef } from '../../contract/blob.js';
import { explainDiskError } from './explain-disk-error.js';
import { storePath } from './store-path.js';
import { type Pieces, writeBlob } from './write-blob.js';

/** Large things by the hash of their bytes: logs and model transcripts. */
export interface BlobStore {
  put(content: Buffer | string, mediaType: string): Promise<BlobRef>;
  /** null if there is no such blob; throws if its bytes are not those it was named for */
  get(sha256: string): Promise<Buffer | null>;
}

/** The same in a folder of this host. */
export interface FolderStore extends BlobStore {
  /** keeps a copy of a file, of any size */
  putFile(path: string, mediaType: string): Promise<BlobRef>;
  has(sha256: string): Promise<boolean>;
  /** file of a blob, to read in pieces */
  pathOf(sha256: string): string;
}

const get = async (path: string, sha256: string): Promise<Buffer | null> => {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (content === null) return null;
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== sha256) throw new Error(`${path} is damaged: its bytes hash to ${found}`);
  return content;
};

export const openBlobStore = (dir: string): FolderStore => {
  const write = async (pieces: Pieces, mediaType: string): Promise<BlobRef> => {
    try {
      return await writeBlob(dir, pieces, mediaType);
    } catch (error) {
      throw explainDiskError(error, dir);
    }
  };
  return {
    put: async (content, mediaType) => await write([Buffer.from(content)], mediaType),
    putFile: async (path, mediaType) => await write(createReadStream(path), mediaType),
    get: async (sha256) => await get(storePath(dir, sha256), sha256),
    has: async (sha256) =>
      await stat(storePath(dir, sha256)).then(
        (found) => found.isFile(),
        () => false,
      ),
    pathOf: (sha256) => storePath(dir, sha256),
  };
};
