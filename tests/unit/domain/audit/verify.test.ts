import { expect, test } from 'vitest';
import type { AuditEntry, HoldoutNumbers } from '../../../../src/contract/audit.js';
import { canonicalJson } from '../../../../src/domain/audit/canonical-json.js';
import { replayFaults } from '../../../../src/domain/audit/replay.js';
import { auditFaults } from '../../../../src/domain/audit/verify.js';
import { tEvidence } from '../../../../src/domain/holdout/evidence.js';
import {
  chained,
  honestLog,
  numbersOf,
  queryOf,
  scoreOf,
  SEAL,
  sha256,
} from '../../../support/audit-records.js';

const faults = (records: ReturnType<typeof honestLog>) =>
  auditFaults(records, sha256).map(({ i, what }) => `${String(i)} ${what}`);

test('an honest log has no fault', () => {
  expect(faults(honestLog())).toEqual([]);
});

test('the message names the first record that breaks, and how', () => {
  const [first, second, ...rest] = honestLog();
  if (first === undefined || second === undefined) throw new Error('too short');
  expect(faults([first, { ...second, at: 99 }, ...rest])).toEqual(['1 was changed after it was written']);
  expect(faults([first, ...rest])).toEqual(['1 is numbered 2: a record is missing or moved']);
  expect(faults([second, first, ...rest])[0]).toMatch(/^0 is numbered 1/);
});

test('a keep needs a score of its own candidate, made before it and after its question', () => {
  const keep = { kind: 'keep', loop: 'l', experiment: 1, artifactHash: 'artifact-1' } as const;
  const asked = [SEAL, queryOf(1), scoreOf(1, 1, 1)];
  expect(faults(chained([...asked, { ...keep, scores: [] }]))).toEqual([
    '3 is a keep without a score of its candidate',
  ]);
  expect(faults(chained([...asked, { ...keep, artifactHash: 'other', scores: [2] }]))).toHaveLength(1);
  expect(faults(chained([SEAL, { ...keep, scores: [3] }, queryOf(1), scoreOf(1, 2, 1)]))).toHaveLength(1);
});

test('a score needs a question before it that fixed the same candidate, under a seal of the same data', () => {
  expect(faults(chained([SEAL, scoreOf(1, 0, 1)]))).toEqual(['1 answers no question']);
  expect(faults(chained([SEAL, queryOf(2), scoreOf(1, 1, 1)]))).toEqual([
    '2 is about another candidate than its question',
  ]);
  expect(faults(chained([queryOf(1), scoreOf(1, 0, 1)]))).toEqual(['1 scores s@1, which was not sealed']);
  const other = { ...scoreOf(1, 1, 1), dataHash: 'other' };
  expect(faults(chained([SEAL, queryOf(1), other]))).toEqual([
    '2 scores s@1 with other data than was sealed',
  ]);
  const twice = [SEAL, queryOf(1), scoreOf(1, 1, 1), scoreOf(1, 1, 1)];
  expect(faults(chained(twice))).toContain('3 answers a question that had been answered');
});

test('questions and answers beyond the budget are found at the record that overruns it', () => {
  const over = [SEAL, ...[1, 2, 3].flatMap((n) => [queryOf(n), scoreOf(n, 2 * n - 1, 1)])];
  expect(faults(chained(over))).toEqual(['6 overruns the budget of s@1']);
  expect(faults(chained([SEAL, ...[1, 2, 3, 4].map(queryOf)]))).toEqual(['4 overruns the budget of s@1']);
});

const stored = new Map([1, -1].map((gain) => [sha256(canonicalJson(numbersOf(gain))), numbersOf(gain)]));
const replay = (records: ReturnType<typeof honestLog>, numbers = stored) =>
  replayFaults(records, { numbers: (hash) => numbers.get(hash) ?? null, evidence: tEvidence, sha256 }).map(
    ({ what }) => what,
  );

test('a replay gives every verdict again, and names the one whose numbers say otherwise', () => {
  expect(replay(honestLog())).toEqual([]);
  const lie = chained([SEAL, queryOf(1), { ...scoreOf(1, 1, -1), verdict: 'pays' }]);
  expect(replay(lie)).toEqual(['answered pays, where its numbers say harmful']);
  expect(replay(honestLog(), new Map())).toEqual(['has lost its numbers', 'has lost its numbers']);
  const [hash = ''] = stored.keys();
  expect(replay(honestLog(), new Map([...stored, [hash, numbersOf(5)]]))).toEqual([
    'has numbers that were changed',
  ]);
});

const reserveSeal = { ...SEAL, suite: 'r@1', vaultKind: 'reserve' } as AuditEntry;
const opened: AuditEntry = {
  kind: 'reserve',
  suite: 'r@1',
  artifactHash: 'a',
  actor: 'test',
  numbersHash: sha256(canonicalJson(numbersOf(1))),
};

test('a reserve opens once, after it was sealed as one, and its numbers are still what they were', () => {
  expect(faults(chained([reserveSeal, opened]))).toEqual([]);
  expect(faults(chained([reserveSeal, opened, opened]))).toEqual(['2 opens r@1 a second time']);
  expect(faults(chained([SEAL, { ...opened, suite: 's@1' }]))).toEqual([
    '1 opens s@1, which was not sealed as a reserve',
  ]);
  const replayed = (numbers: HoldoutNumbers | null) =>
    replayFaults(chained([reserveSeal, opened]), { numbers: () => numbers, evidence: tEvidence, sha256 });
  expect(replayed(numbersOf(1))).toEqual([]);
  expect(replayed(numbersOf(2))).toEqual([{ i: 1, what: 'has numbers that were changed' }]);
  expect(replayed(null)).toEqual([{ i: 1, what: 'has lost its numbers' }]);
});

test('a threshold that was drawn anew though the holdout had not spoken breaks the audit', () => {
  const noise = {
    name: 'thresholdout',
    eps: 0,
    claimed: 1,
    threshold: 0.3,
    comparison: 0,
    answer: 0,
  } as const;
  const log = (...thresholds: number[]) =>
    chained([
      SEAL,
      ...thresholds.flatMap((threshold, at) => [
        queryOf(at),
        { ...scoreOf(at, 2 * at + 1, 1), rule: { ...noise, threshold } },
      ]),
    ]);
  const same = { numbers: () => numbersOf(1), evidence: tEvidence, sha256 };
  expect(replayFaults(log(0.3, 0.3), same)).toEqual([]);
  expect(replayFaults(log(0.3, 0.2), same)).toEqual([
    { i: 4, what: 'drew its threshold anew, though the holdout had not spoken' },
  ]);
  // the holdout speaks where it is further from the claim than the threshold
  expect(replayFaults(log(0.001, 0.2), same)).toEqual([]);
});

test('a version is sealed once, and a record of no known kind is nobody’s', () => {
  const again = { ...SEAL, budget: { queries: 9e9, passes: 9e9, bits: 9e9 } };
  expect(faults(chained([SEAL, SEAL]))).toEqual([]);
  expect(faults(chained([SEAL, again]))).toEqual(['1 seals s@1 a second time, and otherwise']);
  const odd = { kind: 'zzz' } as unknown as AuditEntry;
  expect(faults(chained([SEAL, odd]))).toEqual(['1 is of the kind "zzz", which no steward writes']);
});

test('a keep that names no scores at all is a fault and no crash', () => {
  const keep = { kind: 'promote', loop: 'l', experiment: 1, artifactHash: 'a' } as unknown as AuditEntry;
  expect(faults(chained([SEAL, keep]))).toEqual(['1 is a promote that names no scores']);
});
