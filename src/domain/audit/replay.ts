import type { AuditRecord, HoldoutNumbers, Scored } from '../../contract/audit.js';
import type { Evidence } from '../holdout/evidence.js';
import { judge } from '../holdout/judge.js';
import { canonicalJson } from './canonical-json.js';
import type { Sha256 } from './chain.js';
import type { Fault } from './verify.js';

export interface Stored {
  /** the numbers of a score record, by its hash of them; null: they are gone */
  numbers: (hash: string) => HoldoutNumbers | null;
  evidence: Evidence;
  sha256: Sha256;
}

const fault = (score: AuditRecord & Scored, { numbers, evidence, sha256 }: Stored): string | null => {
  const stored = numbers(score.numbersHash);
  if (stored === null) return 'has lost its numbers';
  if (sha256(canonicalJson(stored)) !== score.numbersHash) return 'has numbers that were changed';
  const seeds = stored.pairs.map(({ seed }) => seed);
  if (JSON.stringify(seeds) !== JSON.stringify(score.seeds)) return 'has numbers of other seeds';
  const { verdict, logE } = judge(stored, score.rule, evidence);
  if (verdict !== score.verdict) return `answered ${score.verdict}, where its numbers say ${verdict}`;
  return logE === score.logE ? null : 'has other evidence than its numbers give';
};

/** Decides every score again from what was stored; verdict and evidence must be the same to the last bit. */
export const replayFaults = (records: readonly AuditRecord[], stored: Stored): Fault[] =>
  records.flatMap((record) => {
    const what = record.kind === 'score' ? fault(record, stored) : null;
    return what === null ? [] : [{ i: record.i, what }];
  });
