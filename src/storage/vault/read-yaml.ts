import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { UserError } from '../../contract/user-error.js';
import { documentMistake, parseYaml, schemaProblems, writtenForm } from '../yaml/index.js';

const DOCS = 'docs/security.md describes every key.';

const textOf = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`can't be read: ${code ?? message}`, file, 'The steward must own it; mend the file.');
  }
};

/** A YAML file of the steward, checked; everything that is wrong with it is said at once, with its lines. */
export const readYaml = async <T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> => {
  const document = parseYaml({ file, text: await textOf(file) });
  const value = document.value ?? {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw documentMistake(document, schemaProblems(parsed.error.issues, value, writtenForm(schema)), DOCS);
};
