import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../../contract/user-error.js';

const hashFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
};

/** Every file below a folder with its path, in one hash; a link could point elsewhere tomorrow and is refused. */
export const hashFolder = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const hash = createHash('sha256');
  for (const file of files.map((entry) => join(entry.parentPath, entry.name)).toSorted()) {
    const entry = files.find((one) => join(one.parentPath, one.name) === file);
    if (entry?.isFile() !== true)
      throw new UserError('is neither a file nor a folder', file, 'Keep plain files in a vault.');
    hash.update(JSON.stringify([relative(folder, file), await hashFile(file)]));
  }
  return hash.digest('hex');
};
