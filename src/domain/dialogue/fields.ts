/** Where hypotheses come from: a search that stays in one field finds that field's answer. */
export const FIELDS = [
  'combinatorial optimisation',
  'bandits',
  'design of experiments',
  'evolutionary search',
  'Bayesian optimisation',
] as const;

export type Field = (typeof FIELDS)[number];

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('z', 's')
    .replaceAll(/[^a-z]/g, '');

/** The field that a text names; null if it names none of them. */
export const fieldNamed = (text: string): Field | null =>
  FIELDS.find((field) => plain(text).includes(plain(field))) ?? null;
