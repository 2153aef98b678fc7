/** Fewer recorded probes than this say too little about what a mechanism does. */
export const LEAST_PROBES = 50;

/** What a mechanism changed: for each recorded probe, one effect per seed, as canonical texts. */
export type Behaviour = readonly (readonly string[])[];

const totalVariation = (a: readonly string[], b: readonly string[]): number => {
  const share = new Map<string, number>();
  for (const one of a) share.set(one, (share.get(one) ?? 0) + 1 / a.length);
  for (const one of b) share.set(one, (share.get(one) ?? 0) - 1 / b.length);
  const half = [...share.values()].reduce((sum, one) => sum + Math.abs(one), 0) / 2;
  // sums of 1/n leave crumbs of 1e-16
  return half < 1e-12 ? 0 : Math.min(1, half);
};

/**
 * How differently two mechanisms behave, in 0 … 1: the mean over recorded probes of the total variation between their
 * effects, sum |p - q| / 2 over seeds. 0 to the identity is dead code, however much text there is.
 */
export const mechanismDistance = (a: Behaviour, b: Behaviour): number => {
  if (a.length !== b.length) throw new RangeError('mechanisms are compared on the same probes');
  if (a.length < LEAST_PROBES)
    throw new RangeError(`mechanisms are compared on ${String(LEAST_PROBES)} probes or more`);
  if ([...a, ...b].some((seeds) => seeds.length === 0)) throw new RangeError('a probe has no answer');
  return a.reduce((sum, seeds, probe) => sum + totalVariation(seeds, b[probe] ?? []), 0) / a.length;
};
