import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (shown, key) =>
      typeof key === 'number'
        ? `${shown}[${String(key)}]`
        : `${shown}${shown === '' ? '' : '.'}${String(key)}`,
    '',
  );

/** The branch of a union that came furthest is the one that was meant. */
const deepest = (issue: Issue): Issue => {
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0];
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] };
};

/** What is wrong at which key of a method's file, and what to do about it. */
export const keyFault = (
  found: Issue,
  known: readonly string[],
): { what: string; key: string; fix: string } => {
  const issue = deepest(found);
  const key = pathOf(issue.path);
  if (issue.code !== 'unrecognized_keys') {
    return { what: issue.message, key, fix: 'Mend this key; docs/method.md lists all of them.' };
  }
  const [alien = ''] = issue.keys;
  return {
    what: `unknown key "${alien}"`,
    key: pathOf([...issue.path, alien]),
    fix:
      issue.path.length === 0
        ? `Remove it, or use one of ${known.join(', ')}.`
        : 'Remove it; docs/method.md lists all keys.',
  };
};
