/** Keeps the answers used last, by key; a failure is not kept. */
export const remember = <T>(most: number): ((key: string, ask: () => Promise<T>) => Promise<T>) => {
  const kept = new Map<string, Promise<T>>();
  return async (key, ask) => {
    const found = kept.get(key) ?? ask();
    kept.delete(key);
    kept.set(key, found);
    found.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return await found;
  };
};
