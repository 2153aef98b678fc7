import type { Json } from '../../contract/json.js';

type IsGenerated = (text: string) => boolean;

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A value as text with generated identifiers blanked, so that it doesn't depend on their names. */
const outline = (value: Json, isGenerated: IsGenerated): string => {
  if (typeof value === 'string') return isGenerated(value) ? '#' : JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((one: Json) => outline(one, isGenerated)).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map((entry) => outlineOf(entry, isGenerated));
  return `{${entries.sort().join(',')}}`;
};

const outlineOf = ([key, value]: [string, Json], isGenerated: IsGenerated): string =>
  `${outline(key, isGenerated)}:${outline(value, isGenerated)}`;

/** Entries in an order that doesn't depend on generated names. */
const inOrder = (value: { readonly [key: string]: Json }, isGenerated: IsGenerated): [string, Json][] =>
  Object.entries(value)
    .map((entry) => ({ entry, text: outlineOf(entry, isGenerated) }))
    .sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
    .map(({ entry }) => entry);

/**
 * One form for all configurations that mean the same: keys sorted, and generated identifiers (those that `isGenerated`
 * knows) numbered in the order in which they are met. Compare leaves of canonical forms, not of configurations.
 */
export const canonicalForm = (value: Json, isGenerated: IsGenerated = () => false): Json => {
  const names = new Map<string, string>();
  const name = (text: string): string => {
    if (!isGenerated(text)) return text.startsWith('#') ? `#${text}` : text;
    const known = names.get(text) ?? `#${String(names.size)}`;
    names.set(text, known);
    return known;
  };
  const form = (one: Json): Json => {
    if (typeof one === 'string') return name(one);
    if (Array.isArray(one)) return one.map(form);
    if (!isObject(one)) return one;
    return Object.fromEntries(inOrder(one, isGenerated).map(([key, inner]) => [name(key), form(inner)]));
  };
  return form(value);
};

/** The canonical form as text; its hash is what cycles are found by. */
export const canonicalText = (value: Json, isGenerated?: IsGenerated): string =>
  JSON.stringify(canonicalForm(value, isGenerated));
