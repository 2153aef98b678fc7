import type { Json } from '../../contract/json.js';
import type { Leaves, LeafSpace, LeafValue } from './gower.js';

const isLeaf = (value: Json): value is LeafValue & Json =>
  value === null ||
  typeof value !== 'object' ||
  (Array.isArray(value) && value.every((one) => one === null || typeof one !== 'object'));

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const collect = (value: Json, path: string, into: [string, LeafValue][]): void => {
  if (isLeaf(value)) {
    into.push([path, value]);
    return;
  }
  for (const [key, one] of Object.entries(value)) collect(one, `${path}/${escaped(key)}`, into);
};

/** The leaves of a JSON value by JSON pointer; a list of plain values is one leaf, a set. */
export const leavesOf = (config: Json): Leaves => {
  const found: [string, LeafValue][] = [];
  collect(config, '', found);
  return Object.fromEntries(found);
};

/** The smallest space that holds all configurations of a history; a number's range is the one it was seen to have. */
export const spaceOf = (history: readonly Leaves[]): LeafSpace => {
  const space = new Map<string, { range?: readonly [number, number] }>();
  for (const [path, value] of history.flatMap((leaves) => Object.entries(leaves))) {
    const range = space.get(path)?.range;
    if (typeof value !== 'number') space.set(path, range === undefined ? {} : { range });
    else
      space.set(path, {
        range: [Math.min(range?.[0] ?? value, value), Math.max(range?.[1] ?? value, value)],
      });
  }
  return Object.fromEntries(space);
};
