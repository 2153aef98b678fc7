import type { LoopRecord } from '../../contract/ledger.js';
import type { StandingRecord } from '../../contract/standing.js';
import type { KeptChange, TransferPlan } from '../../contract/transfer.js';
import { ownClass } from '../device/own-class.js';
import { ownRows } from '../device/row-classes.js';
import { standingKeeps } from '../loop/standing-keeps.js';
import { mean } from '../statistics.js';

type Row = LoopRecord['experiments'][number];

const isKept = (row: Row): row is Row & { commit: string } =>
  row.experiment > 0 && row.outcome === 'keep' && row.commit !== null && row.value !== null;

const changesOf = (kept: readonly (Row & { commit: string })[], base: string): KeptChange[] => {
  let before = base;
  return kept.map(({ experiment, idea, branchCommit, commit }) => {
    const change = { experiment, idea, before, after: branchCommit ?? commit };
    before = change.after;
    return change;
  });
};

/** What a loop has kept, as it can be measured again elsewhere; null: nothing that still stands. */
export const planTransfer = (
  record: LoopRecord,
  { reverts, trustsClaims }: { reverts: StandingRecord['reverts']; trustsClaims: boolean },
): TransferPlan | null => {
  const { task, source, forkedFrom } = record.loop.input;
  const rows = ownRows(record.experiments).toSorted((a, b) => a.settledAt - b.settledAt);
  const kept = standingKeeps(rows.filter(isKept), reverts);
  if (kept.length === 0) return null;
  const seconds = rows.flatMap(({ measurements }) =>
    measurements.flatMap(({ status, deviceSeconds }) => (status === 'ok' ? [deviceSeconds] : [])),
  );
  return {
    from: ownClass(record),
    task,
    source,
    changes: changesOf(kept, source.baseCommit),
    trustClaims: trustsClaims || forkedFrom?.trustClaims === true,
    runSeconds: seconds.length === 0 ? null : mean(seconds),
  };
};
