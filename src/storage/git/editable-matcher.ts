import picomatch from 'picomatch';

/**
 * Tells whether a path of the task is editable. In a glob `*` and `?` stay inside one folder, `**` crosses
 * folders, `[ab]` and `{a,b}` choose; names with a leading dot match too, case counts, and nothing else is
 * special: `!`, `+(…)` and the like stand for themselves.
 */
export const editableMatcher = (globs: readonly string[]): ((path: string) => boolean) =>
  picomatch([...globs], { dot: true, nonegate: true, noextglob: true, strictSlashes: true });
