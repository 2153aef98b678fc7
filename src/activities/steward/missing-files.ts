import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { missingFile } from '../../domain/holdout/missing-file.js';
import type { OpenVault } from '../../storage/vault/index.js';
import { isShown } from './walls.js';

type Named = Pick<OpenVault, 'folder' | 'vault'>;

const filesOf = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
};

const missingPrograms = ({ folder, vault }: Named, files: readonly string[]): UserError[] => {
  const isSeen = (path: string): boolean => isShown(path, vault.read);
  const generate = vault.kind === 'generator' ? vault.generate : undefined;
  return Object.entries({ score: vault.score, generate }).flatMap(([key, command]) => {
    const fault = command === undefined ? null : missingFile(command, { files, isSeen });
    if (fault === null) return [];
    return new UserError(
      fault,
      `${join(folder, 'vault.yaml')}: ${key}`,
      'Put the file into the folder of the vault and name it from there: its commands see that folder, the system and what `read` names.',
    );
  });
};

/** What a vault names and does not have: it would fail at its first question, which costs. */
export const missingFiles = async (named: Named): Promise<UserError[]> => {
  const { folder, vault } = named;
  const files = await filesOf(folder);
  const missing = missingPrograms(named, files);
  if (vault.kind === 'generator') return missing;
  const { instances } = vault;
  const below = relative(folder, join(folder, instances));
  if (!below.startsWith('..') && files.some((file) => file.startsWith(`${below}/`))) return missing;
  const none = new UserError(
    `there is no instance in the folder ${instances} of the vault`,
    `${join(folder, 'vault.yaml')}: instances`,
    'Give each instance a folder of its own there, with inputs/ and truth/.',
  );
  return [...missing, none];
};
