import { readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { HoldoutNumbers } from '../../contract/audit.js';

const fileOf = (root: string, hash: string): string => {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new TypeError('not a SHA-256');
  return join(root, 'numbers', `${hash}.json`);
};

/** Keeps the numbers of a score under the hash of their canonical text. */
export const writeNumbers = async (root: string, hash: string, text: string): Promise<void> => {
  const file = fileOf(root, hash);
  await mkdir(join(root, 'numbers'), { recursive: true, mode: 0o700 });
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
};

export const readNumbers = (root: string, hash: string): HoldoutNumbers | null => {
  try {
    return JSON.parse(readFileSync(fileOf(root, hash), 'utf8')) as HoldoutNumbers;
  } catch {
    return null;
  }
};
