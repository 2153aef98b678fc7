type Fields = { readonly [key: string]: unknown };

/** Orders of fields by the fields themselves: a context has hundreds of objects of a dozen shapes. */
const orders = new Map<string, readonly string[]>();
const MOST_ORDERS = 1000;

const orderOf = (keys: readonly string[]): readonly string[] => {
  const shape = keys.join('\n');
  const known = orders.get(shape);
  if (known !== undefined) return known;
  if (orders.size >= MOST_ORDERS) orders.clear();
  const order = [...keys].sort();
  orders.set(shape, order);
  return order;
};

const sorted = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = value as Fields;
  const copy: Record<string, unknown> = {};
  for (const key of orderOf(Object.keys(fields))) copy[key] = sorted(fields[key]);
  return copy;
};

/** JSON with sorted keys: what a mechanism is told doesn't depend on who put the object together. */
export const sortedJson = (value: object): string => JSON.stringify(sorted(value));
