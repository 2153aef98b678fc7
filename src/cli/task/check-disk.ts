import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';

const LEAST = 200_000_000;

const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(path.dirname(folder));

export const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(nearestFolder(folder));
  return bavail * bsize;
};

/** Refuses to start where logs and databases would soon have no room. */
export const checkDisk = async (home: string): Promise<void> => {
  const free = await freeBytes(home);
  if (free >= LEAST) return;
  throw new UserError(
    `only ${String(Math.floor(free / 1e6))} MB are free, ${String(LEAST / 1e6)} MB are needed`,
    home,
    'Free some space, or set AUTOLIFT_HOME to a folder on another disk.',
  );
};
