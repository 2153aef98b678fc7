import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

const isProgram = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

/** The first of these folders that has a program of this name. */
export const folderWith = (program: string, folders: readonly string[]): string | null =>
  folders.find((folder) => isProgram(join(folder, program))) ?? null;

/** Folders of a PATH; one that isn't absolute would depend on where somebody stands. */
export const foldersOf = (path: string): string[] => path.split(':').filter((one) => one.startsWith('/'));
