import type { SchemaNode } from './schema-node.js';

export type KeyPath = readonly (string | number)[];

/** What was written, and the schema of what may be written. */
export interface Written {
  document: unknown;
  schema: SchemaNode;
}

const isBlock = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Chooses the branch of a union that the value was meant for, by its kind or its shape. */
const resolve = (node: SchemaNode, value: unknown): SchemaNode => {
  const branches = node.anyOf ?? node.oneOf;
  if (branches === undefined) return node;
  const fits = (branch: SchemaNode): boolean => {
    if (branch.anyOf !== undefined || branch.oneOf !== undefined) return isBlock(value);
    if (branch.type === 'array') return Array.isArray(value);
    const kind = branch.properties?.['kind']?.const;
    return isBlock(value) && branch.type === 'object' && (kind === undefined || kind === value['kind']);
  };
  const branch = branches.find(fits);
  return branch === undefined ? node : resolve(branch, value);
};

/** The schema that holds at a path of a given document; null where nothing is known. */
export const schemaAt = (path: KeyPath, { document, schema }: Written): SchemaNode | null => {
  let node: SchemaNode | null = schema;
  let value: unknown = document;
  for (const key of path) {
    if (node === null) return null;
    const here: SchemaNode = resolve(node, value);
    const open = typeof here.additionalProperties === 'object' ? here.additionalProperties : null;
    node = typeof key === 'number' ? (here.items ?? null) : (here.properties?.[key] ?? open);
    value = valueAt([key], value);
  }
  return node;
};

/** Keys that may stand at a path. */
export const keysAt = (path: KeyPath, written: Written): string[] => {
  const node = schemaAt(path, written);
  return node === null ? [] : Object.keys(resolve(node, valueAt(path, written.document)).properties ?? {});
};

export const valueAt = (path: KeyPath, document: unknown): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    document,
  );

/** Every place of the schema where a key of this name is known, as `run.timeout`. */
export const placesOf = (name: string, schema: SchemaNode): string[] => {
  const found = new Set<string>();
  const visit = (node: SchemaNode, path: string[]): void => {
    for (const [key, child] of Object.entries(node.properties ?? {})) {
      if (key === name) found.add([...path, key].join('.'));
      visit(child, [...path, key]);
    }
    for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.items ? [node.items] : [])])
      visit(child, path);
  };
  visit(schema, []);
  return [...found];
};

/** `run.budget`, `guards[0].command`: a path as people write it. */
export const showPath = (path: KeyPath): string =>
  path.reduce<string>(
    (shown, key) =>
      typeof key === 'number' ? `${shown}[${String(key)}]` : shown === '' ? key : `${shown}.${key}`,
    '',
  );
