import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const SKIPPED = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', 'dist', 'build', 'target']);
const MOST_FILES = 2000;
const DEEPEST = 3;
const LARGEST = 256 * 1024;

/** A folder as `init` looks at it: names, and the text of small files. */
export interface FolderView {
  name: string;
  /** relative paths with forward slashes, sorted, without what is installed or built */
  files: readonly string[];
  has(relative: string): boolean;
  /** the file's text; empty for what is large, absent or a folder */
  text(relative: string): string;
}

export const viewFolder = (folder: string): FolderView => {
  const files: string[] = [];
  const visit = (relative: string, depth: number): void => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      const child = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory() && depth < DEEPEST && !SKIPPED.has(entry.name)) visit(child, depth + 1);
      if (entry.isFile() && files.length < MOST_FILES) files.push(child);
    }
  };
  visit('', 0);
  const stats = (relative: string) => statSync(path.join(folder, relative), { throwIfNoEntry: false });
  return {
    name: path.basename(folder),
    files: files.sort(),
    has: (relative) => stats(relative) !== undefined,
    text: (relative) => {
      const found = stats(relative);
      if (found === undefined || !found.isFile() || found.size > LARGEST) return '';
      return readFileSync(path.join(folder, relative), 'utf8');
    },
  };
};
