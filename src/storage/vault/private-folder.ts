import { lstat, mkdir } from 'node:fs/promises';
import { UserError } from '../../contract/user-error.js';

/** Makes a folder that only its owner can enter, or refuses one that others can: a holdout that leaks is none. */
export const requirePrivate = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  const mine = process.getuid?.();
  if (!found.isDirectory())
    throw new UserError('is no folder (a symbolic link will not do)', folder, 'Name the folder itself.');
  if (mine !== undefined && found.uid !== mine)
    throw new UserError(
      `belongs to user ${String(found.uid)}, and the steward is user ${String(mine)}`,
      folder,
      'Run the steward as the owner of its folder.',
    );
  if ((found.mode & 0o077) !== 0)
    throw new UserError(
      `can be entered by others (mode ${(found.mode & 0o777).toString(8)})`,
      folder,
      `chmod 700 ${folder}`,
    );
};
