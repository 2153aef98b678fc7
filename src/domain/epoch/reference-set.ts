import type { ExperimentRow } from '../../contract/ledger.js';
import type { ReferenceArtifact } from '../../contract/epoch.js';
import { LEAST_ARTIFACTS } from './bridge.js';

type Row = Pick<ExperimentRow, 'experiment' | 'outcome' | 'commit' | 'tree' | 'value'>;
type Scored = Row & { commit: string; value: number };

const isScored = (row: Row): row is Scored =>
  row.commit !== null && row.value !== null && row.outcome !== 'tampered';

/** So many of a list, evenly spaced, both ends among them. */
const spread = <T>(list: readonly T[], count: number): T[] => {
  if (count >= list.length) return [...list];
  if (count <= 1) return list.slice(0, Math.max(0, count));
  const step = (list.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => list[Math.round(i * step)] as T);
};

/**
 * The frozen artifacts that tell two evaluators apart: what stands first, then every keep, then discarded ones from the
 * best to the worst, so that the whole range of quality is there.
 */
export const referenceSet = (
  rows: readonly Row[],
  stands: number,
  most = LEAST_ARTIFACTS,
): ReferenceArtifact[] => {
  // what stands comes first, so that of equal artifacts it is the one that is taken
  const all = rows
    .filter(isScored)
    .toSorted((a, b) => Number(b.experiment === stands) - Number(a.experiment === stands));
  const scored = [
    ...new Map(all.toReversed().map((row) => [row.tree ?? row.commit, row])).values(),
  ].toReversed();
  const rank = ({ experiment, outcome }: Scored): number =>
    experiment === stands ? 0 : outcome === 'keep' ? 1 : 2;
  const kept = scored
    .filter((row) => rank(row) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || b.experiment - a.experiment)
    .slice(0, most);
  const others = scored.filter((row) => rank(row) === 2).toSorted((a, b) => a.value - b.value);
  return [...kept, ...spread(others, most - kept.length)].map(({ experiment, commit, value }) => ({
    experiment,
    commit,
    value,
  }));
};
