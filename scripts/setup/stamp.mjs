import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Digest of files and folders by name and content; what is missing counts as empty. */
export function digest(paths, salt = '') {
  const hash = createHash('sha256').update(salt);
  for (const file of paths.flatMap(listFiles)) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

export const isStamped = (file, value) => existsSync(file) && readFileSync(file, 'utf8') === value;

/** Remembers that a step was done for these inputs; written last, so a killed step is done again. */
export function stamp(file, value) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, value);
}

function listFiles(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== '__pycache__')
    .sort()
    .flatMap((name) => listFiles(join(path, name)));
}
