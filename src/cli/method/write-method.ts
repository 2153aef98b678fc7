import { stat } from 'node:fs/promises';
import path from 'node:path';
import { METHOD_FILES, type MethodFiles } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { writeWhole } from '../write-report.js';

/** Writes a method's files into a folder; those that are there stay, unless they are to be replaced. */
export const writeMethod = async (folder: string, files: MethodFiles, force: boolean): Promise<string[]> => {
  const names = METHOD_FILES.filter((name) => files[name] !== undefined);
  if (!force) {
    for (const name of names) {
      const found = await stat(path.join(folder, name)).catch(() => null);
      if (found !== null)
        throw new UserError(
          'is there already',
          path.join(folder, name),
          'Name another folder, or write --force to replace its files.',
        );
    }
  }
  for (const name of names) await writeWhole(path.join(folder, name), files[name] ?? '');
  return names;
};
