import type { TaskData } from '../../contract/task-schema.js';
import { detect } from '../failure-modes/detector.js';
import { syntheticCollapse } from '../failure-modes/synthetic-collapse.js';
import type { Item } from './read-items.js';

/** Items below which neither spread nor deciles say anything. */
const LEAST_ITEMS = 20;

/** A number as it is, a text by its length. */
const described = (item: Item, field: string): number => {
  const value = item[field];
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value === '') return Number.NaN;
  const number = Number(value);
  return Number.isNaN(number) ? value.length : number;
};

const isReal = (item: Item, field: string): boolean =>
  [true, 1, 'true', '1'].some((yes) => yes === item[field]);

/** Why a version of the data must not be trained on; null: nothing speaks against it. */
export const dataFinding = (
  { items, anchor }: { items: readonly Item[]; anchor: readonly Item[] },
  { descriptor, real }: Pick<TaskData, 'descriptor' | 'real'>,
): string | null => {
  const values = items.map((item) => described(item, descriptor));
  const lacking = values.filter((value) => !Number.isFinite(value)).length;
  if (items.length < LEAST_ITEMS) return `data-collapse: only ${String(items.length)} items are left`;
  // an item that nothing is known of could be any: none may hide like that
  if (lacking > 0)
    return `data-collapse: ${String(lacking)} of ${String(items.length)} items have no ${descriptor}`;
  const share = real === undefined ? null : items.filter((item) => isReal(item, real)).length / items.length;
  const known = anchor.map((item) => described(item, descriptor)).filter(Number.isFinite);
  const found = detect(syntheticCollapse, { data: values, anchor: known, realShare: share });
  return found.alarm ? found.why : null;
};

/** What to do about it, for the proposer and for people. */
export const DATA_RESPONSE: readonly string[] = [
  'restore the share of real items to at least 25 %',
  'accumulate items instead of replacing them',
  'compare with the anchor again',
];
