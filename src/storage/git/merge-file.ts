import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Git } from './git.js';
import { GitFailure } from './git-process.js';

export interface ThreeSides {
  base: Buffer;
  ours: Buffer;
  theirs: Buffer;
}

/** Merges two descendants of a text, null where they contradict each other or aren't text. */
export const mergeFile = async (git: Git, sides: ThreeSides): Promise<Buffer | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'autolift-merge-'));
  const [ours, base, theirs] = [join(folder, 'ours'), join(folder, 'base'), join(folder, 'theirs')];
  try {
    await Promise.all([
      writeFile(ours, sides.ours),
      writeFile(base, sides.base),
      writeFile(theirs, sides.theirs),
    ]);
    return await git.bytes(['merge-file', '-p', '-q', ours, base, theirs], '');
  } catch (error) {
    // any positive code is a number of conflicts; 255 is a binary file
    if (error instanceof GitFailure && error.exitCode !== null && error.exitCode > 0) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
