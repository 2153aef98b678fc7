/**
 * JSON that PostgreSQL's jsonb takes: it knows no NUL and no half of a surrogate pair, which the output of a run
 * may hold. They become U+FFFD.
 */
export const toJson = (value: unknown): string =>
  JSON.stringify(value).replace(/\\(?:\\|u0000|ud[0-9a-f]{3})/g, (escape) =>
    escape === '\\\\' ? escape : '\\ufffd',
  );
