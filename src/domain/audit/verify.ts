import type { AuditRecord, Kept, Opened, Queried, Scored, Sealed } from '../../contract/audit.js';
import { canonicalJson } from './canonical-json.js';
import { brokenLink, type Sha256 } from './chain.js';

export interface Fault {
  /** index of the record */
  i: number;
  what: string;
}

type Of<T> = AuditRecord & T;

const isSealed = (record: AuditRecord): record is Of<Sealed> => record.kind === 'rotate';
const isQuery = (record: AuditRecord): record is Of<Queried> => record.kind === 'query';
const isScore = (record: AuditRecord): record is Of<Scored> => record.kind === 'score';
const isOpened = (record: AuditRecord): record is Of<Opened> => record.kind === 'reserve';
const isKept = (record: AuditRecord): record is Of<Kept> =>
  record.kind === 'keep' || record.kind === 'promote';

/** Every answer must follow a question that fixed the candidate, under the seal that was in force. */
const scoreFault = (score: Of<Scored>, records: readonly AuditRecord[]): string | null => {
  const query = records[score.query];
  if (query === undefined || !isQuery(query) || query.i >= score.i) return 'answers no question';
  if (query.artifactHash !== score.artifactHash || query.question !== score.question)
    return 'is about another candidate than its question';
  const seal = records.find((one) => isSealed(one) && one.suite === score.suite && one.i < query.i);
  if (seal === undefined || !isSealed(seal)) return `scores ${score.suite}, which was not sealed`;
  if (seal.dataHash !== score.dataHash) return `scores ${score.suite} with other data than was sealed`;
  const twice = records.some((one) => isScore(one) && one.i < score.i && one.question === score.question);
  return twice ? 'answers a question that had been answered' : null;
};

/** A keep rests on at least one score of that very candidate, made after its hash was fixed. */
const keepFault = (kept: Of<Kept>, records: readonly AuditRecord[]): string | null => {
  if (!Array.isArray(kept.scores)) return `is a ${kept.kind} that names no scores`;
  const supports = kept.scores.some((at) => {
    const score = records[at];
    if (score === undefined || !isScore(score) || score.i >= kept.i) return false;
    const query = records[score.query];
    return score.artifactHash === kept.artifactHash && query !== undefined && query.i < score.i;
  });
  return supports ? null : `is a ${kept.kind} without a score of its candidate`;
};

/** A reserve opens once, and only one that was sealed. */
const openedFault = (opened: Of<Opened>, records: readonly AuditRecord[]): string | null => {
  const before = records.slice(0, opened.i).filter((one) => 'suite' in one && one.suite === opened.suite);
  if (!before.some((one) => isSealed(one) && one.vaultKind === 'reserve'))
    return `opens ${opened.suite}, which was not sealed as a reserve`;
  return before.some(isOpened) ? `opens ${opened.suite} a second time` : null;
};

/** What a version holds and may be asked is fixed when it is sealed; two who seal it at once say the same. */
const sealedFault = (seal: Of<Sealed>, records: readonly AuditRecord[]): string | null => {
  const before = records.find((one) => isSealed(one) && one.suite === seal.suite && one.i < seal.i);
  if (before === undefined || !isSealed(before)) return null;
  const same =
    before.dataHash === seal.dataHash &&
    before.commandHash === seal.commandHash &&
    canonicalJson(before.budget) === canonicalJson(seal.budget);
  return same ? null : `seals ${seal.suite} a second time, and otherwise`;
};

const KINDS: readonly string[] = [
  'rotate',
  'query',
  'score',
  'keep',
  'promote',
  'alarm',
  'reserve',
] satisfies AuditRecord['kind'][];

const faultOf = (record: AuditRecord, records: readonly AuditRecord[]): string | null => {
  if (!KINDS.includes(record.kind)) return `is of the kind "${record.kind}", which no steward writes`;
  if (isSealed(record)) return sealedFault(record, records);
  if (isScore(record)) return scoreFault(record, records);
  if (isKept(record)) return keepFault(record, records);
  return isOpened(record) ? openedFault(record, records) : null;
};

const budgetFaults = (records: readonly AuditRecord[]): Fault[] => {
  const faults: Fault[] = [];
  for (const seal of records.filter(isSealed)) {
    const used = { bits: 0, queries: 0, passes: 0 };
    for (const record of records) {
      if (isQuery(record) && record.suite === seal.suite) used.queries += 1;
      if (isScore(record) && record.suite === seal.suite) {
        used.bits += record.bitsReleased;
        used.passes += record.verdict === 'undecided' ? 0 : 1;
      }
      if (record.kind === 'alarm' && 'score' in record && record.suite === seal.suite) {
        used.bits += record.bitsReleased;
        used.passes += record.bitsReleased === 0 ? 0 : 1;
      }
      // sums of shares of a budget may be off by a rounding
      const over =
        used.bits > seal.budget.bits * (1 + 1e-9) ||
        used.queries > seal.budget.queries ||
        used.passes > seal.budget.passes;
      if (!over) continue;
      faults.push({ i: record.i, what: `overruns the budget of ${seal.suite}` });
      break;
    }
  }
  return faults;
};

/** Everything that is wrong with a log, in the order of its records; a broken chain hides what comes after it. */
export const auditFaults = (records: readonly AuditRecord[], sha256: Sha256): Fault[] => {
  const broken = brokenLink(records, sha256);
  if (broken !== null) return [broken];
  const faults = records.flatMap((record): Fault[] => {
    const what = faultOf(record, records);
    return what === null ? [] : [{ i: record.i, what }];
  });
  return [...faults, ...budgetFaults(records)].toSorted((a, b) => a.i - b.i);
};
