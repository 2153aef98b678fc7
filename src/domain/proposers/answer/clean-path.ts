/** A path as models write it (`a.py`, ./a.py, b/a.py, "a.py" (new):) as the task's own path, if it has one. */
export const cleanPath = (written: string, known: ReadonlySet<string>): string => {
  const bare = written
    .trim()
    .replace(/\s*\((?:new|new file|create|modified|updated|existing|unchanged)\)\s*:?$/i, '')
    .replace(/^[`"'*]+|[`"'*:]+$/g, '')
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '');
  if (known.has(bare)) return bare;
  const unprefixed = bare.replace(/^[ab]\//, '').replace(/^\/+/, '');
  return known.has(unprefixed) ? unprefixed : bare;
};
