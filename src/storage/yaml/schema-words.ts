import type { SchemaNode } from './schema-node.js';

const range = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SchemaNode): string => {
  const from = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const to = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (from !== undefined && to !== undefined) return ` from ${String(from)} to ${String(to)}`;
  const lower =
    exclusiveMinimum !== undefined
      ? ` above ${String(exclusiveMinimum)}`
      : from !== undefined
        ? ` of at least ${String(from)}`
        : '';
  const upper =
    exclusiveMaximum !== undefined
      ? ` below ${String(exclusiveMaximum)}`
      : to !== undefined
        ? ` of at most ${String(to)}`
        : '';
  return lower !== '' && upper !== '' ? `${lower} and${upper.replace(' of', '')}` : `${lower}${upper}`;
};

/** What a schema asks for, in words: "a whole number from 1 to 256". */
export const words = (node: SchemaNode): string => {
  const branches = node.anyOf ?? node.oneOf;
  if (branches !== undefined) {
    const quantity =
      branches.length === 2 && branches[0]?.type === 'number' && branches[1]?.type === 'string';
    return quantity
      ? `${words(branches[0] ?? {})}, or text with its unit`
      : [...new Set(branches.map(words))].join(' or ');
  }
  if (node.enum !== undefined) return `one of ${node.enum.map(String).join(', ')}`;
  return TYPES[node.type ?? '']?.(node) ?? 'a value';
};

const block = (node: SchemaNode): string => {
  if (node.properties === undefined) return 'a block of keys';
  const names = keys(node);
  return `a block with the key${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
};

const TYPES: Record<string, (node: SchemaNode) => string> = {
  string: () => 'text',
  integer: (node) => `a whole number${range(node)}`,
  number: (node) => `a number${range(node)}`,
  boolean: () => 'true or false',
  array: () => 'a list',
  object: block,
};

const keys = (node: SchemaNode): string[] =>
  node.required !== undefined && node.required.length > 0
    ? node.required
    : Object.keys(node.properties ?? {});

/** A value as it stood in the file, cut to one short line. */
export const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
};
