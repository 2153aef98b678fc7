import { createHash } from 'node:crypto';
import type { Method } from '../../contract/method.js';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** SHA-256 over what a method says: the order of keys, comments and where it lies don't count. */
export const methodHash = (method: Method): string => sha256(JSON.stringify(method, sorted));
