import type { AuditRecord, HoldoutNumbers, Opened, Scored } from '../../contract/audit.js';
import type { Evidence } from '../holdout/evidence.js';
import { judge } from '../holdout/judge.js';
import { canonicalJson } from './canonical-json.js';
import type { Sha256 } from './chain.js';
import { standingThreshold } from './standing-threshold.js';
import type { Fault } from './verify.js';

export interface Stored {
  /** the numbers of a score record, by its hash of them; null: they are gone */
  numbers: (hash: string) => HoldoutNumbers | null;
  evidence: Evidence;
  sha256: Sha256;
}

/** The numbers of a record, or what is wrong with them. */
const storedNumbers = (hash: string, { numbers, sha256 }: Stored): HoldoutNumbers | string => {
  const stored = numbers(hash);
  if (stored === null) return 'has lost its numbers';
  return sha256(canonicalJson(stored)) === hash ? stored : 'has numbers that were changed';
};

const openedFault = ({ numbersHash }: Opened, stored: Stored): string | null => {
  const found = storedNumbers(numbersHash, stored);
  return typeof found === 'string' ? found : null;
};

const fault = (score: AuditRecord & Scored, records: readonly AuditRecord[], all: Stored): string | null => {
  const stored = storedNumbers(score.numbersHash, all);
  if (typeof stored === 'string') return stored;
  const seeds = stored.pairs.map(({ seed }) => seed);
  if (JSON.stringify(seeds) !== JSON.stringify(score.seeds)) return 'has numbers of other seeds';
  const { verdict, logE } = judge(stored, score.rule, all.evidence);
  if (verdict !== score.verdict) return `answered ${score.verdict}, where its numbers say ${verdict}`;
  if (logE !== score.logE) return 'has other evidence than its numbers give';
  if (score.rule.name !== 'thresholdout') return null;
  const standing = standingThreshold(records.slice(0, score.i), score.suite, all.numbers);
  return standing === null || standing === score.rule.threshold
    ? null
    : 'drew its threshold anew, though the holdout had not spoken';
};

/** Decides every score again from what was stored; verdict and evidence must be the same to the last bit. */
export const replayFaults = (records: readonly AuditRecord[], stored: Stored): Fault[] =>
  records.flatMap((record) => {
    const what =
      record.kind === 'score'
        ? fault(record, records, stored)
        : record.kind === 'reserve'
          ? openedFault(record, stored)
          : null;
    return what === null ? [] : [{ i: record.i, what }];
  });
