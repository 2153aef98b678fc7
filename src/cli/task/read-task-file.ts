import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../contract/user-error.js';

export interface TaskFile {
  /** absolute path of the task's folder */
  folder: string;
  /** absolute path of task.yaml */
  file: string;
  text: string;
}

const kindOf = async (target: string): Promise<'file' | 'folder' | null> => {
  const found = await stat(target).catch(() => null);
  return found === null ? null : found.isDirectory() ? 'folder' : 'file';
};

/** Reads the task.yaml that a folder holds, or that a path names. */
export const readTaskFile = async (target: string): Promise<TaskFile> => {
  const absolute = path.resolve(target);
  const kind = await kindOf(absolute);
  if (kind === null) throw new UserError('there is no such folder or file', absolute, 'Check the path.');
  const file = kind === 'file' ? absolute : path.join(absolute, 'task.yaml');
  const folder = path.dirname(file);
  if (kind === 'folder' && (await kindOf(file)) !== 'file') {
    const other = (await kindOf(path.join(folder, 'task.yml'))) === 'file';
    throw new UserError(
      'there is no task.yaml in this folder',
      folder,
      other
        ? 'There is a task.yml: rename it to task.yaml.'
        : `\`autolift init ${target}\` writes one by looking at the folder.`,
    );
  }
  return { folder, file, text: await readFile(file, 'utf8') };
};
