import type { AuditRecord } from '../../contract/audit.js';
import type { Fault } from './verify.js';
import { failureAt, type NumbersOf } from './watch-claims.js';

/** Watches every loop's claims again from what was stored: the same alarms must follow, and no other. */
export const alarmFaults = (records: readonly AuditRecord[], numbersOf: NumbersOf): Fault[] => {
  const raised = new Map(
    records.flatMap((one) => (one.kind === 'alarm' && 'score' in one ? [[one.score, one] as const] : [])),
  );
  return records.flatMap((score): Fault[] => {
    if (score.kind !== 'score') return [];
    const wanted = failureAt(records, score, numbersOf);
    const found = raised.get(score.i);
    if ((found?.what ?? null) === wanted) return [];
    const what =
      wanted === null
        ? `raises ${found?.what ?? ''}, which its answers don't show`
        : `is followed by no alarm, where the answers show ${wanted}`;
    return [{ i: found?.i ?? score.i, what }];
  });
};
