import { UserError } from '../../contract/user-error.js';

const CAUSES: Record<string, readonly [what: string, fix: string]> = {
  ENOSPC: ['no space is left on the disk', 'free some space; what was running continues where it was'],
  EDQUOT: ['the disk quota is used up', 'free some space; what was running continues where it was'],
  EROFS: ['the disk is read-only', 'choose a folder that can be written'],
  EACCES: [
    'the folder cannot be written',
    'give this user the right to write there, or choose another folder',
  ],
  EPERM: [
    'the folder cannot be written',
    'give this user the right to write there, or choose another folder',
  ],
  ENOTDIR: ['a file is where the folder should be', 'move it away, or choose another folder'],
};

/** A full or forbidden disk as a message with a way out; any other error as it is. */
export const explainDiskError = (error: unknown, dir: string): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [what, fix] = CAUSES[code] ?? [];
  return what === undefined || fix === undefined ? error : new UserError(what, dir, fix);
};
