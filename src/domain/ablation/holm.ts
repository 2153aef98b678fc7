/**
 * Holm's step-down: adjusted p-values in the order given. Rejecting those of at most alpha keeps the chance of any false
 * rejection within alpha, whatever the tests have to do with one another. (Holm 1979.)
 */
export const holm = (p: readonly number[]): number[] => {
  const order = p.map((_, index) => index).sort((a, b) => (p[a] ?? 0) - (p[b] ?? 0));
  const adjusted = p.map(() => 1);
  let before = 0;
  for (const [rank, index] of order.entries()) {
    before = Math.max(before, Math.min(1, (p.length - rank) * (p[index] ?? 1)));
    adjusted[index] = before;
  }
  return adjusted;
};
