import type { ExperimentRow } from '../../contract/ledger.js';
import { mean } from '../statistics.js';
import type { MeasuredPair } from './measured-pair.js';
import { PROMOTION } from './promotion-proposer.js';

const pairsOf = (verdict: ExperimentRow['verdict']): readonly MeasuredPair[] => {
  const evidence = verdict?.evidence as { promotion?: { pairs?: MeasuredPair[] } } | null | undefined;
  return evidence?.promotion?.pairs ?? [];
};

/**
 * The trunk's mean in the test that a branch lost: measured beside the branch, so that their difference is what was
 * judged. Null for every other row: that one is compared with the incumbent's standing.
 */
export const testedAgainst = (
  row: Pick<ExperimentRow, 'proposer' | 'outcome' | 'verdict'>,
): number | null => {
  if (row.proposer !== PROMOTION || row.outcome === 'keep') return null;
  const right = pairsOf(row.verdict).flatMap((pair) =>
    pair.stage === 'test' && pair.right !== null ? [pair.right] : [],
  );
  return right.length === 0 ? null : mean(right);
};
