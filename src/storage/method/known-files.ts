import { METHOD_FILES, type MethodFile, type MethodFiles } from '../../contract/method.js';
import { UserError } from '../../contract/user-error.js';

const SECTIONS = ['agent/', 'data/', 'objective/', 'process/'];

const isKnown = (name: string): name is MethodFile => METHOD_FILES.some((file) => file === name);

/** What git keeps of a link is where it points to: nobody would search by that, and nobody would see that it is left out. */
export const refuseLinks = (names: readonly string[], ref: string): void => {
  const link = names.find((name) => SECTIONS.some((section) => `${name}/`.startsWith(section)));
  if (link === undefined) return;
  throw new UserError(`${link} is a link`, ref, 'Put the file itself in its place.');
};

/** Texts by name as a method's files; one in a section that no method has is a slip of the pen. */
export const knownFiles = (
  texts: Iterable<readonly [name: string, text: string]>,
  ref: string,
): MethodFiles => {
  const files: MethodFiles = {};
  for (const [name, text] of texts) {
    if (isKnown(name)) files[name] = text;
    else if (SECTIONS.some((section) => name.startsWith(section)))
      throw new UserError(
        `a method has no file ${name}`,
        ref,
        `Rename or remove it; a method may have ${METHOD_FILES.join(', ')}.`,
      );
  }
  if (Object.keys(files).length > 0) return files;
  throw new UserError(
    'there is no method here',
    ref,
    `A method has at least one of ${METHOD_FILES.join(', ')}; \`autolift method init\` writes one.`,
  );
};
