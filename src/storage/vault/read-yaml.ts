import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { z } from 'zod';
import { UserError } from '../../contract/user-error.js';

/** A YAML file of the steward, checked; its first mistake is told with its key. */
export const readYaml = async <T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> => {
  let value: unknown;
  try {
    value = parse(await readFile(file, 'utf8'));
  } catch (error) {
    const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new UserError(`can't be read: ${said}`, file, 'Mend the file.');
  }
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(
    issue?.message ?? 'is not valid',
    [file, ...(issue?.path.length ? [issue.path.join('.')] : [])].join(': '),
    'docs/security.md describes every key.',
  );
};
