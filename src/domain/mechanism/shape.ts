import type { Json } from '../../contract/json.js';
import type { KnobValue } from '../../contract/mechanism.js';

export type JsonRecord = { readonly [key: string]: Json };

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  value !== undefined && value !== null && typeof value === 'object' && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

export const isKnobValue = (value: Json | undefined): value is KnobValue =>
  typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);

/** The fields that nobody asked for, in words; null where there are none. */
export const unknownFields = (value: JsonRecord, known: readonly string[]): string | null => {
  const alien = Object.keys(value).filter((key) => !known.includes(key));
  return alien.length === 0 ? null : alien.map((key) => `"${key.slice(0, 40)}"`).join(', ');
};
