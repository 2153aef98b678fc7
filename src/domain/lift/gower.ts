/** Something a configuration can hold at a leaf; a list is a set. */
export type LeafValue = number | string | boolean | null | readonly (number | string | boolean | null)[];

/** A configuration with its leaves by path. */
export type Leaves = Readonly<Record<string, LeafValue>>;

/** The leaves that configurations of one history can have; a range for those that are numbers. */
export type LeafSpace = Readonly<Record<string, { range?: readonly [number, number] }>>;

const jaccard = (a: readonly unknown[], b: readonly unknown[]): number => {
  const [left, right] = [new Set(a), new Set(b)];
  const both = [...left].filter((one) => right.has(one)).length;
  const either = left.size + right.size - both;
  return either === 0 ? 0 : 1 - both / either;
};

const byLeaf = (
  a: LeafValue | undefined,
  b: LeafValue | undefined,
  range?: readonly [number, number],
): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : 1;
  if (Array.isArray(a) && Array.isArray(b)) return jaccard(a, b);
  if (typeof a === 'number' && typeof b === 'number' && range !== undefined) {
    const width = range[1] - range[0];
    return width > 0 ? Math.min(1, Math.abs(a - b) / width) : Number(a !== b);
  }
  return Number(a !== b);
};

/**
 * Gower's distance of two configurations, in 0 … 1: the mean over all leaves of their space of |a - b| / range for
 * numbers, 0 or 1 for names, Jaccard's distance for sets, 1 where only one has the leaf. The space is the same for all
 * pairs, or else the triangle inequality fails. (Gower, Biometrics 27, 1971.)
 */
export const gower = (a: Leaves, b: Leaves, space: LeafSpace): number => {
  const paths = Object.keys(space);
  const stranger = [...Object.keys(a), ...Object.keys(b)].find((path) => !Object.hasOwn(space, path));
  if (stranger !== undefined) throw new RangeError(`the leaf ${stranger} is not in the space`);
  if (paths.length === 0) return 0;
  const of = (leaves: Leaves, path: string) => (Object.hasOwn(leaves, path) ? leaves[path] : undefined);
  return (
    paths.reduce((sum, path) => sum + byLeaf(of(a, path), of(b, path), space[path]?.range), 0) / paths.length
  );
};
