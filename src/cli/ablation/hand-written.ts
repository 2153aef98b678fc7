import { createHash } from 'node:crypto';
import type { MechanismSource } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';
import { stackSource } from '../../domain/mechanism/stack.js';
import { readLibrary } from '../../mechanism-host/library.js';
import { didYouMean } from '../../contract/nearest.js';

const sourceOf = (name: string, source: string): MechanismSource => ({
  name,
  source,
  hash: createHash('sha256').update(source).digest('hex'),
});

const fromLibrary = async (names: readonly string[]) => {
  const library = await readLibrary();
  return names.map((name) => {
    const found = library.find(({ file }) => file === name);
    if (found !== undefined) return { name, source: found.source };
    throw new UserError(
      `the library has no mechanism "${name}"${didYouMean(
        name,
        library.map(({ file }) => file),
      )}`,
      '--hand',
      '`autolift mechanism list` names them.',
    );
  });
};

/** Mechanisms of the library, one above the other: the first that has something to say decides. */
export const handWritten = async (names: readonly string[]): Promise<MechanismSource> => {
  const members = await fromLibrary(names);
  const [only] = members;
  if (only !== undefined && members.length === 1) return sourceOf(only.name, only.source);
  return sourceOf(names.join(' + '), stackSource(members, 'first'));
};

/** Asked like any mechanism, and never with anything to say. */
export const sham = async (): Promise<MechanismSource> => handWritten(['identity']);
