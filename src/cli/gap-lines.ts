import type { GapRow } from '../domain/audit/gap.js';
import { formatSpread, formatValue } from '../domain/format.js';

const value = (one: number | null): string => (one === null ? '–' : formatValue(one));

const line = ({ question, verdict, claimed, measured, standardError, n }: GapRow): string => {
  const spread = standardError === null ? '' : ` ± ${formatSpread(standardError)}`;
  return `  ${question.padEnd(36)} ${verdict.padEnd(10)} search ${value(claimed).padStart(10)}  holdout ${value(measured).padStart(10)}${spread}  n ${String(n)}`;
};

/** Claimed beside measured gains, a line each. Vault and loop may measure in other units: their sums aren't compared. */
export const gapLines = (rows: readonly GapRow[]): string[] => {
  if (rows.length === 0) return ['  no question was answered yet'];
  const confirmed = rows.filter(({ verdict }) => verdict === 'pays').length;
  return [
    ...rows.map(line),
    `  confirmed ${String(confirmed)} of ${String(rows.length)}`,
    '  These numbers are for you alone: whoever shows them to a loop, a model or a prompt has spent the vault.',
  ];
};
