/**
 * Seeds of a query's pairs: 31 bits each, all different, fixed by the steward's secret and the record that fixed the
 * candidate. `digest` is a keyed hash in hexadecimal, so that nobody without the key can know an instance in advance.
 */
export const freshSeeds = (count: number, query: string, digest: (text: string) => string): number[] => {
  const seeds = new Set<number>();
  for (let at = 0; seeds.size < count; at++) {
    const seed = Number.parseInt(digest(`${query}/${String(at)}`).slice(0, 8), 16) >>> 1;
    seeds.add(seed);
  }
  return [...seeds];
};
