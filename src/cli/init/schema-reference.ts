import { existsSync } from 'node:fs';
import path from 'node:path';
import { PACKAGE_ROOT } from '../../workers/package-root.js';

/** Where an editor finds the schema of task.yaml, relative to the task's folder; null if it is not inside reach. */
export const schemaReference = (folder: string): string | null => {
  const installed = 'node_modules/autolift/schema/task.schema.json';
  if (existsSync(path.join(folder, installed))) return `./${installed}`;
  const fromRoot = path.relative(PACKAGE_ROOT, folder);
  if (fromRoot.startsWith('..') || path.isAbsolute(fromRoot)) return null;
  return path.relative(folder, path.join(PACKAGE_ROOT, 'schema/task.schema.json')).replaceAll(path.sep, '/');
};
