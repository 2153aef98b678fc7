import type { AuditRecord, Scored } from '../../contract/audit.js';
import { thresholdAfter } from '../holdout/judge.js';
import type { NumbersOf } from './watch-claims.js';

/** The noised threshold that is in force for a suite's next question; null: there is none, it is drawn. */
export const standingThreshold = (
  records: readonly AuditRecord[],
  suite: string,
  numbersOf: NumbersOf,
): number | null => {
  const last = records.findLast(
    (one): one is AuditRecord & Scored => one.kind === 'score' && one.suite === suite,
  );
  const numbers = last === undefined ? null : numbersOf(last.numbersHash);
  if (last?.rule.name !== 'thresholdout' || numbers === null) return null;
  return thresholdAfter(numbers, last.rule);
};
