import { countChanges } from './count-changes.js';
import { findRepository } from './find-repository.js';

/** Where in which repository a folder is. */
export interface Location {
  /** absolute path of the common git directory */
  repository: string;
  /** the folder inside it, "" for the root */
  prefix: string;
  /** commit that is checked out there */
  head: string;
  /** files of the folder that differ from that commit; they are not part of it */
  dirty: number;
}

export const locate = async (folder: string): Promise<Location> => {
  const { repository, prefix, head, hasWorkTree } = await findRepository(folder);
  return { repository, prefix, head, dirty: hasWorkTree ? await countChanges(folder) : 0 };
};
