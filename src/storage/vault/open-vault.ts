import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { stewardSchema, vaultSchema, type StewardConfig, type Vault } from '../../contract/vault-schema.js';
import { allMistakes, attempted } from '../../contract/all-mistakes.js';
import { UserError } from '../../contract/user-error.js';
import { hashFolder } from './hash-folder.js';
import { requirePrivate } from './private-folder.js';
import { readYaml } from './read-yaml.js';

export interface OpenVault {
  /** absolute, without links */
  folder: string;
  vault: Vault;
  /** over every file, vault.yaml among them */
  dataHash: string;
}

/** `<name>@<version>`: what a budget belongs to. */
export const suiteOf = ({ name, version }: Pick<Vault, 'name' | 'version'>): string => `${name}@${version}`;

export const readStewardConfig = async (root: string): Promise<StewardConfig> => {
  const file = join(root, 'steward.yaml');
  return existsSync(file) ? await readYaml(file, stewardSchema) : stewardSchema.parse({});
};

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

const folderOf = async (root: string, name: string): Promise<string | null> => {
  if (!NAME.test(name)) return null;
  const { vaults } = await readStewardConfig(root);
  const folder = (Object.hasOwn(vaults, name) ? vaults[name] : undefined) ?? join(root, 'vaults', name);
  return existsSync(join(folder, 'vault.yaml')) ? folder : null;
};

export interface InspectedVault {
  folder: string;
  /** null: vault.yaml is not valid */
  vault: Vault | null;
  /** all that its owner has to mend */
  mistakes: UserError[];
}

/** A vault with everything that is wrong with it; null: there is none. */
export const inspectVault = async (root: string, name: string): Promise<InspectedVault | null> => {
  const found = await folderOf(root, name);
  if (found === null) return null;
  const { mistakes } = await attempted(requirePrivate(found));
  const folder = await realpath(found);
  const file = join(folder, 'vault.yaml');
  const { value: vault, mistakes: written } = await attempted(readYaml(file, vaultSchema));
  mistakes.push(...written);
  if (vault !== null && vault.name !== name)
    mistakes.push(
      new UserError(`is named "${vault.name}"`, file, `Name it "${name}", as its folder is called.`),
    );
  return { folder, vault, mistakes };
};

/** A vault by its name; null: there is none. One that others can read, or that is not what it says, is an error. */
export const openVault = async (root: string, name: string): Promise<OpenVault | null> => {
  const inspected = await inspectVault(root, name);
  if (inspected === null) return null;
  const { folder, vault, mistakes } = inspected;
  const mistake = allMistakes(mistakes, folder);
  if (mistake !== null || vault === null) throw mistake ?? new Error('a vault without mistakes was not read');
  return { folder, vault, dataHash: await hashFolder(folder) };
};

/** A folder that isn't there holds nothing; one that may not be read is another user's. */
const namesIn = async (folder: string): Promise<string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return [];
    throw new UserError('may not be read', folder, 'Run this as the user of the steward.');
  }
};

/** Names of all vaults. */
export const listVaults = async (root: string): Promise<string[]> => {
  const { vaults } = await readStewardConfig(root);
  const inside = await namesIn(join(root, 'vaults'));
  return [...new Set([...Object.keys(vaults), ...inside])].toSorted();
};
