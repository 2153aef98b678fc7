import type { Session } from './session.js';

/** What was tried with which files. */
export interface Tried {
  /** the first experiment that tried a tree to an end, by tree */
  settled: ReadonlyMap<string, number>;
  /** experiments that had less of a run than is asked for now: the same files are worth more of one */
  looked: ReadonlySet<number>;
}

const REMEMBERED = 2000;

/** Trees that were tried as well as they would be now. */
export const triedTrees = async (
  { deps, request }: Pick<Session, 'deps' | 'request'>,
  trees: readonly string[],
): Promise<Tried> => {
  const settled = await deps.ledger.findByTree(request.loop, trees);
  const { mechanism = null, fidelity = 1 } = request.method?.guidance ?? {};
  if (mechanism === null || settled.size === 0) return { settled, looked: new Set() };
  const rows = await deps.ledger.history(request.loop, { limit: REMEMBERED, tailsOf: [] });
  // a duplicate had no run at all: what it repeats tells
  const less = rows.filter(
    ({ steering, outcome }) => outcome === 'duplicate' || (steering?.seen?.fidelity ?? 1) < fidelity,
  );
  const looked = new Set(less.map(({ experiment }) => experiment));
  const enough = new Map<string, number>();
  for (const [tree, first] of settled) {
    const better = rows.find(
      (row) => row.tree === tree && !looked.has(row.experiment) && row.outcome !== 'cancelled',
    );
    if (!looked.has(first)) enough.set(tree, first);
    else if (better !== undefined) enough.set(tree, better.experiment);
  }
  return { settled: enough, looked };
};
