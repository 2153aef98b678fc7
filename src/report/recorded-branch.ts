import type { LoopRecord } from '../contract/ledger.js';
import type { PromotionStatus } from '../contract/loop.js';
import { promotionStatus } from '../domain/promotion/promotion-status.js';
import { readBaseline } from '../domain/loop/read-baseline.js';
import { baselineOf } from '../domain/replay/baseline-of.js';
import { fromRecord } from '../domain/replay/from-record.js';
import { replayAll } from '../domain/replay/replay-rows.js';

/** How far branch + promote came, read off the ledger; null under other rules and where the metric has no noise. */
export const recordedBranch = (record: LoopRecord): PromotionStatus | null => {
  const { acceptance: options } = record.loop.input.task;
  const loop = fromRecord(record);
  const measured = readBaseline(loop.baseline).ok;
  if (options.rule !== 'branch+promote' || !measured) return null;
  const { incumbent, noise } = baselineOf(loop, options, null);
  const { branch } = replayAll({ loop, options, noise, own: true }, incumbent);
  return branch === null ? null : promotionStatus(branch, null);
};
