import { namesMayMove, scriptOf } from '../script-of.js';
import { mainCommand } from '../shell-words.js';

/** Where a vault's commands see it, behind walls. */
const HERE = /^(\.\/|\/vault\/)+/;

export interface VaultFiles {
  /** paths of its plain files, from its folder */
  files: readonly string[];
  /** whether its commands see a path of the machine */
  isSeen: (path: string) => boolean;
}

const faultOf = (named: string, { files, isSeen }: VaultFiles): string | null => {
  const own = named.replace(HERE, '');
  if (own.startsWith('/')) return isSeen(own) ? null : `${named} is not in the vault`;
  const parts: string[] = [];
  for (const part of own.split('/').filter((one) => one !== '' && one !== '.')) {
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return `${named} is not in the vault`;
  }
  return files.includes(parts.join('/')) ? null : `there is no file ${named} in the vault`;
};

/** Which file that a command of the vault names is not there for it; null: all that can be told from the words are. */
export const missingFile = (command: string, vault: VaultFiles): string | null => {
  const words = mainCommand(command);
  const [program = ''] = words;
  if (program === '' || namesMayMove(command)) return null;
  const script = scriptOf(words);
  const named = [...(program.includes('/') ? [program] : []), ...(script === null ? [] : [script])];
  return named.map((one) => faultOf(one, vault)).find((fault) => fault !== null) ?? null;
};
