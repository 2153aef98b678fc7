import type { AuditRecord, Scored } from '../contract/audit.js';
import { usedOf } from '../domain/holdout/budget.js';
import type { Fault } from '../domain/audit/verify.js';

interface Audited {
  records: readonly AuditRecord[];
  scores: readonly (AuditRecord & Scored)[];
  faults: readonly Fault[];
}

const suiteLines = ({ records }: Audited): string[] =>
  records.flatMap((seal) => {
    if (seal.kind !== 'rotate') return [];
    const { queries: asked, bits } = usedOf(records, seal.suite);
    return [
      `  ${seal.suite.padEnd(24)} ${String(asked)} of ${String(seal.budget.queries)} questions, ` +
        `${bits.toFixed(1)} of ${seal.budget.bits.toFixed(1)} bits, for ${seal.task}`,
    ];
  });

/** What the audit found, for a person: each fault by its record, and what is left of each budget. */
export const auditLines = (audited: Audited): string[] => {
  const { records, scores, faults } = audited;
  const alarms = records.flatMap((one) =>
    one.kind === 'alarm' ? [`! record ${String(one.i)}: alarm ${one.what}, ${one.about}`] : [],
  );
  const verdict =
    faults.length === 0
      ? `✓ ${String(records.length)} records hold; ${String(scores.length)} answers decided again, all the same`
      : `✗ ${String(faults.length)} fault${faults.length === 1 ? '' : 's'} in ${String(records.length)} records`;
  return [
    verdict,
    ...faults.map(({ i, what }) => `✗ record ${String(i)} ${what}`),
    ...alarms,
    ...suiteLines(audited),
    `  head ${records.at(-1)?.hash ?? 'none'}`,
  ];
};
