import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { PACKAGE_ROOT } from '../workers/package-root.js';
import type { Terminal } from './terminal.js';

/** What this person types to run autolift: its name where the shell finds it, else its file. */
export const ownCommand = ({ env, cwd }: Pick<Terminal, 'env' | 'cwd'>): string => {
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  if (folders.some((folder) => isExecutable(path.join(folder, 'autolift')))) return 'autolift';
  const file = path.join(PACKAGE_ROOT, 'bin', 'autolift');
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
