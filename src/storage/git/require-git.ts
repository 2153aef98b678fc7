import { UserError } from '../../contract/user-error.js';
import { gitIn } from './git.js';

const OLDEST: readonly [number, number] = [2, 31];

let checked = false;

/** Refuses a git that is missing or too old to be told apart from a repository's own wishes. */
export const requireGit = async (folder: string): Promise<void> => {
  if (checked) return;
  const version = await gitIn(folder)(['--version']).catch((error: unknown) => {
    if (!(error instanceof Error) || !error.message.includes('ENOENT')) throw error;
    throw new UserError('git is not installed', 'PATH', `install git ${OLDEST.join('.')} or newer`);
  });
  refuseOldGit(version);
  checked = true;
};

export const refuseOldGit = (version: string): void => {
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const newer = Number(major) - OLDEST[0] || Number(minor) - OLDEST[1];
  if (newer >= 0) return;
  throw new UserError(`${version.trim()} is too old`, 'git', `install git ${OLDEST.join('.')} or newer`);
};
