import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { UserError } from '../../contract/user-error.js';
import { missingFile } from '../../domain/holdout/missing-file.js';
import type { OpenVault } from '../../storage/vault/index.js';

/** A vault without the programs and instances that it names would fail at its first question, which costs. */
export const requireFiles = async ({ folder, vault }: OpenVault): Promise<void> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const manifest = join(folder, 'vault.yaml');
  const generate = vault.kind === 'generator' ? vault.generate : undefined;
  for (const [key, command] of Object.entries({ score: vault.score, generate })) {
    const fault = command === undefined ? null : missingFile(command, { files, read: vault.read });
    if (fault !== null)
      throw new UserError(
        fault,
        `${manifest}: ${key}`,
        'Put the file into the folder of the vault and name it from there: its commands see that folder, the system and what `read` names.',
      );
  }
  if (vault.kind === 'generator') return;
  const { instances } = vault;
  const below = relative(folder, join(folder, instances));
  if (!below.startsWith('..') && files.some((file) => file.startsWith(`${below}/`))) return;
  throw new UserError(
    `there is no instance in the folder ${instances} of the vault`,
    `${manifest}: instances`,
    'Give each instance a folder of its own there, with inputs/ and truth/.',
  );
};
