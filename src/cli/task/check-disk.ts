import { existsSync } from 'node:fs';
import { mkdtemp, rmdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';

const LEAST = 200_000_000;

const nearestFolder = (folder: string): string =>
  existsSync(folder) ? folder : nearestFolder(path.dirname(folder));

export const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(nearestFolder(folder));
  return bavail * bsize;
};

/** Tries it beside what is there, and leaves nothing: a refusal starts nothing. */
const checkWritable = async (home: string): Promise<void> => {
  try {
    await rmdir(await mkdtemp(path.join(nearestFolder(home), '.autolift-')));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') return;
    throw new UserError(
      `the folder can't be ${existsSync(home) ? 'written' : 'made'} (${code ?? message})`,
      home,
      'Set AUTOLIFT_HOME to a folder that you may write.',
    );
  }
};

/** Refuses to start where logs and databases would soon have no room. */
export const checkDisk = async (home: string, least = LEAST): Promise<void> => {
  await checkWritable(home);
  const free = await freeBytes(home);
  if (free >= least) return;
  throw new UserError(
    `only ${String(Math.floor(free / 1e6))} MB are free, ${String(least / 1e6)} MB are needed`,
    home,
    'Free some space, or set AUTOLIFT_HOME to a folder on another disk.',
  );
};
