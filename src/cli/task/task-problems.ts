import type { z } from 'zod';
import { didYouMean, nearest } from '../nearest.js';
import { keysAt, placesOf, schemaAt, showPath, valueAt, type KeyPath } from './schema-path.js';
import { shown, words } from './schema-words.js';
import type { SchemaNode } from './task-json-schema.js';

export interface TaskProblem {
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

const unknownKey = (path: KeyPath, key: string, document: unknown): TaskProblem => {
  const known = keysAt(path, document);
  const meant = nearest(key, known);
  const elsewhere = placesOf(key).slice(0, 2);
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

const wrongType = (path: KeyPath, document: unknown): string => {
  const node = schemaAt(path, document);
  const value = valueAt(path, document);
  const wanted = node === null ? 'something else' : words(node);
  if (value === undefined)
    return `missing; it must be ${wanted}${node?.description === undefined ? '' : ` (${node.description})`}`;
  if (value === null) return `is empty; it must be ${wanted}`;
  return `must be ${wanted}, not ${shown(value)}${rewrite(node, value)}`;
};

const wrongChoice = (path: KeyPath, choices: readonly unknown[], document: unknown): string => {
  const value = valueAt(path, document);
  const known = choices.map(String);
  if (value === undefined) return `missing; it must be one of ${known.join(', ')}`;
  return `must be one of ${known.join(', ')}, not ${shown(value)}${typeof value === 'string' ? didYouMean(value, known) : ''}`;
};

const explain = (issue: Issue, document: unknown): TaskProblem[] => {
  const path = issue.path as KeyPath;
  const value = valueAt(path, document);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, document));
    case 'invalid_value':
      return [{ path, text: wrongChoice(path, issue.values, document) }];
    case 'invalid_union': {
      const { options: choices } = issue as { options?: unknown[] };
      return [{ path, text: choices ? wrongChoice(path, choices, document) : wrongType(path, document) }];
    }
    case 'invalid_format':
      return [{ path, text: `${shown(value)} is not accepted; ${issue.message}` }];
    case 'too_small':
      if (value === '' || (Array.isArray(value) && value.length === 0))
        return [{ path, text: 'is empty; name at least one' }];
      return [{ path, text: wrongType(path, document) }];
    case 'custom':
      return [{ path, text: issue.message }];
    case 'invalid_type':
    case 'too_big':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return [{ path, text: wrongType(path, document) }];
  }
};

/** Each thing that is wrong with a document, once, in words that name the value and the way out. */
export const taskProblems = (issues: readonly Issue[], document: unknown): TaskProblem[] => {
  const problems = issues.flatMap((issue) => flatten(issue, [])).flatMap((issue) => explain(issue, document));
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
