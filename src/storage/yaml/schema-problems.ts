import type { z } from 'zod';
import { didYouMean, nearest } from '../../contract/nearest.js';
import type { SchemaNode } from './schema-node.js';
import { keysAt, placesOf, schemaAt, showPath, valueAt, type KeyPath, type Written } from './schema-path.js';
import { shown, words } from './schema-words.js';

export interface SchemaProblem {
  path: KeyPath;
  text: string;
}

type Issue = z.core.$ZodIssue;

/** A union reports a list of issues for each of its branches: those of the branch that came furthest are the useful ones. */
const flatten = (issue: Issue, base: KeyPath): Issue[] => {
  const path = [...base, ...(issue.path as KeyPath)];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ ...issue, path }];
  const notThere = (branch: Issue[]): boolean =>
    branch.some((inner) => inner.path.length === 0 && inner.code !== 'unrecognized_keys');
  const branch = issue.errors.find((errors) => !notThere(errors));
  return branch === undefined
    ? [{ ...issue, errors: [], path }]
    : branch.flatMap((inner) => flatten(inner, path));
};

const unknownKey = (path: KeyPath, key: string, written: Written): SchemaProblem => {
  const known = keysAt(path, written);
  const meant = nearest(key, known);
  const here = showPath([...path, key]);
  const elsewhere = placesOf(key, written.schema)
    .filter((place) => place !== here)
    .slice(0, 2);
  const hint =
    meant !== null
      ? ` — did you mean "${meant}"?`
      : elsewhere.length > 0
        ? ` — it belongs at ${elsewhere.join(' or ')}`
        : `; known here: ${known.join(', ')}`;
  return { path: [...path, key], text: `unknown key "${key}"${hint}` };
};

/** How a scalar that was probably meant can be written. */
const rewrite = (node: SchemaNode | null, value: unknown): string => {
  if (node === null || (typeof value !== 'string' && typeof value !== 'number')) return '';
  const block = (of: SchemaNode): boolean => of.properties?.['command'] !== undefined;
  if (node.type === 'string') return `; write "${String(value)}"`;
  if (node.type === 'object' && block(node)) return `; write { command: ${String(value)} }`;
  if (node.type !== 'array') return '';
  if (node.items?.type === 'string') return `; write [${String(value)}]`;
  return node.items && block(node.items) ? `; write [{ command: ${String(value)} }]` : '';
};

const wrongType = (path: KeyPath, written: Written): string => {
  const node = schemaAt(path, written);
  const value = valueAt(path, written.document);
  const wanted = node === null ? 'something else' : words(node);
  if (value === undefined)
    return `missing; it must be ${wanted}${node?.description === undefined ? '' : ` (${node.description})`}`;
  if (value === null) return `is empty; it must be ${wanted}`;
  return `must be ${wanted}, not ${shown(value)}${rewrite(node, value)}`;
};

const wrongChoice = (path: KeyPath, choices: readonly unknown[], written: Written): string => {
  const value = valueAt(path, written.document);
  const known = choices.map(String);
  if (value === undefined) return `missing; it must be one of ${known.join(', ')}`;
  return `must be one of ${known.join(', ')}, not ${shown(value)}${typeof value === 'string' ? didYouMean(value, known) : ''}`;
};

const notAccepted = (value: unknown, why: string): string =>
  `${shown(value)} is not accepted; ${why.replace(/^Invalid string: /, '')}`;

const explain = (issue: Issue, written: Written): SchemaProblem[] => {
  const path = issue.path as KeyPath;
  const value = valueAt(path, written.document);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, written));
    case 'invalid_value':
      return [{ path, text: wrongChoice(path, issue.values, written) }];
    case 'invalid_union': {
      const { options: choices } = issue as { options?: unknown[] };
      return [{ path, text: choices ? wrongChoice(path, choices, written) : wrongType(path, written) }];
    }
    case 'invalid_format':
      return [{ path, text: notAccepted(value, issue.message) }];
    case 'too_small':
      if (value === '' || (Array.isArray(value) && value.length === 0))
        return [{ path, text: 'is empty; name at least one' }];
      // a length is in no description of a text, and a person's words say what it is for
      if (issue.origin === 'string') return [{ path, text: notAccepted(value, issue.message) }];
      return [{ path, text: wrongType(path, written) }];
    case 'invalid_key':
      return [{ path, text: notAccepted(path.at(-1), issue.issues[0]?.message ?? issue.message) }];
    case 'custom':
      return [{ path, text: issue.message }];
    case 'invalid_type':
    case 'too_big':
    case 'not_multiple_of':
    case 'invalid_element':
      return [{ path, text: wrongType(path, written) }];
  }
};

/** Each thing that is wrong with a document, once, in words that name the value and the way out. */
export const schemaProblems = (
  issues: readonly Issue[],
  document: unknown,
  schema: SchemaNode,
): SchemaProblem[] => {
  const problems = issues
    .flatMap((issue) => flatten(issue, []))
    .flatMap((issue) => explain(issue, { document, schema }));
  const misspelt = new Set(
    problems.flatMap(({ path, text }) => {
      const meant = /did you mean "([^"]+)"/.exec(text)?.[1];
      return meant !== undefined && text.startsWith('unknown key')
        ? [showPath([...path.slice(0, -1), meant])]
        : [];
    }),
  );
  return problems.filter(({ path, text }) => !(text.startsWith('missing') && misspelt.has(showPath(path))));
};
