import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, parseAllDocuments, visit } from 'yaml';

/** Every absolute path in it: only vaults have one there, and half a file hides what it names too. */
const elsewhere = (root: string): string[] => {
  let text: string;
  try {
    text = readFileSync(join(root, 'steward.yaml'), 'utf8');
  } catch {
    return [];
  }
  const found: string[] = [];
  for (const document of parseAllDocuments(text))
    visit(document, (_key, node) => {
      if (isScalar(node) && typeof node.value === 'string' && node.value.startsWith('/'))
        found.push(node.value);
    });
  return found;
};

const real = (path: string): string[] => {
  try {
    return [realpathSync(path)].filter((found) => found !== '/');
  } catch {
    return [];
  }
};

/**
 * What of this machine a steward with this folder keeps holdouts in, as far as it is there now and this user may look:
 * the folder itself, and what its steward.yaml names elsewhere. Without links.
 */
export const vaultFolders = (root: string): string[] => [
  ...new Set([root, join(root, 'vaults'), ...elsewhere(root)].flatMap(real)),
];
