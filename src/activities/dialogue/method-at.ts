import { METHOD_FOLDER, type MethodFiles } from '../../contract/method.js';
import type { LoopSource } from '../../contract/loop-source.js';
import { UserError } from '../../contract/user-error.js';
import type { Repository } from '../../storage/git/index.js';
import { methodFilesAt } from '../../storage/method/index.js';

/** The method's files at a commit; a folder without any is where a dialogue begins, too. */
export const methodAt = async (
  repository: Repository,
  { prefix }: LoopSource,
  commit: string,
): Promise<MethodFiles> => {
  const folder = prefix === '' ? METHOD_FOLDER : `${prefix}/${METHOD_FOLDER}`;
  try {
    return await methodFilesAt(repository, commit, folder);
  } catch (error) {
    if (error instanceof UserError) return {};
    throw error;
  }
};
