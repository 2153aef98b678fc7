const MOST_NAMED = 4;

/** Path and digest of each file, as the device worker lists them. */
const digestsOf = (listing: string): Map<string, string> =>
  new Map(
    listing
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const at = line.lastIndexOf('\t');
        return [line.slice(0, at), line.slice(at + 1)] as const;
      }),
  );

/** The package that a file belongs to: what lies beside it below a folder of packages; else the file alone. */
const ownerOf = (path: string): string => {
  const inside = /\/(?:site|dist)-packages\/(.+)$/.exec(path)?.[1];
  return inside?.includes('/') === true ? inside.slice(0, inside.indexOf('/')) : (inside ?? path);
};

const nameOf = ([owner, paths]: [string, string[]]): string => {
  const [first = owner] = paths;
  if (paths.length > 1) return `${owner}: ${String(paths.length)} files`;
  return /\/(?:site|dist)-packages\/(.+)$/.exec(first)?.[1] ?? first;
};

/** Where two listings of an evaluator's environment differ, by package: a few names, what is installed before its records. */
export const nameChanges = (before: string, after: string): string[] => {
  const [old, fresh] = [digestsOf(before), digestsOf(after)];
  const changed = [...new Set([...old.keys(), ...fresh.keys()])].filter(
    (path) => old.get(path) !== fresh.get(path),
  );
  const owners = new Map<string, string[]>();
  for (const path of changed.toSorted()) {
    const owner = ownerOf(path);
    owners.set(owner, [...(owners.get(owner) ?? []), path]);
  }
  const isRecord = (owner: string): number => Number(/\.(dist|egg)-info$/.test(owner));
  const named = [...owners].toSorted(([one], [other]) => isRecord(one) - isRecord(other)).map(nameOf);
  const more = named.length - MOST_NAMED;
  return more > 0 ? [...named.slice(0, MOST_NAMED), `${String(more)} more`] : named;
};
