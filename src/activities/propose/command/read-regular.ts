import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads a regular file that somebody untrusted has written, and nothing else: it never waits for a pipe, follows no
 * link, reads no more than `maxBytes`. A string says why there is no content.
 */
export const readRegular = async (path: string, maxBytes: number): Promise<Buffer | string> => {
  const file = await open(path, FLAGS).catch(() => null);
  if (file === null) return 'cannot be read';
  try {
    const found = await file.stat();
    if (!found.isFile()) return 'is no regular file';
    return found.size > maxBytes ? `has ${String(found.size)} bytes` : await file.readFile();
  } finally {
    await file.close();
  }
};
