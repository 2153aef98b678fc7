import type { LoopRecord } from '../../contract/ledger.js';
import { revertsOf } from '../../contract/reverts.js';
import { TRUSTS_CLAIMS } from '../../contract/trust-claims.js';
import type { TransferPlan } from '../../contract/transfer.js';
import { planTransfer } from '../../domain/transfer/plan-transfer.js';
import { transferReport, type TransferReport } from '../../domain/transfer/transfer-report.js';

/** What of a recorded loop can be measured elsewhere; null: it has kept nothing. */
export const recordedPlan = (record: LoopRecord): TransferPlan | null =>
  planTransfer(record, {
    reverts: revertsOf(record.events),
    trustsClaims: record.events.some(({ text }) => text === TRUSTS_CLAIMS),
  });

/** What a record says of other device classes; null: nothing was measured there. */
export const recordedTransfer = (record: LoopRecord): TransferReport | null => {
  const plan = recordedPlan(record);
  return plan === null ? null : transferReport(record.loop.loop, plan, record.transfers ?? []);
};
