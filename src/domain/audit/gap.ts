import type { AuditRecord, HoldoutNumbers, Queried, Scored } from '../../contract/audit.js';
import { mean, standardError } from '../statistics.js';

/** What the search claimed of a candidate beside what the holdout measured. Numbers: for the steward's own user alone. */
export interface GapRow {
  question: string;
  loop: string;
  verdict: Scored['verdict'];
  /** in units of the loop's metric; null: it was not told */
  claimed: number | null;
  /** mean paired gain on the holdout, in units of the vault's metric; null: no pair ran */
  measured: number | null;
  standardError: number | null;
  n: number;
}

/** Paired gains, higher is better; a pair of which one crashed has none. */
export const gainsOf = ({ pairs, direction }: HoldoutNumbers): number[] =>
  pairs.flatMap(({ candidate, incumbent }) => {
    if (candidate === null || incumbent === null) return [];
    return [direction === 'maximize' ? candidate - incumbent : incumbent - candidate];
  });

/** The gap between search and holdout, from the audit log and the numbers that its scores rest on. */
export const holdoutGap = (
  records: readonly AuditRecord[],
  numbersOf: (hash: string) => HoldoutNumbers | null,
): GapRow[] => {
  const queries = new Map(
    records.flatMap((one): [number, AuditRecord & Queried][] => (one.kind === 'query' ? [[one.i, one]] : [])),
  );
  return records.flatMap((score): GapRow[] => {
    if (score.kind !== 'score') return [];
    const query = queries.get(score.query);
    const numbers = numbersOf(score.numbersHash);
    const gains = numbers === null ? [] : gainsOf(numbers);
    return [
      {
        question: score.question,
        loop: query?.loop ?? '',
        verdict: score.verdict,
        claimed: query?.claimed ?? null,
        measured: gains.length === 0 ? null : mean(gains),
        standardError: gains.length < 2 ? null : standardError(gains),
        n: gains.length,
      },
    ];
  });
};
