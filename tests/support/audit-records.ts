import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord, HoldoutNumbers, Scored } from '../../src/contract/audit.js';
import { canonicalJson } from '../../src/domain/audit/canonical-json.js';
import { nextRecord } from '../../src/domain/audit/chain.js';
import { charge, suiteBudget } from '../../src/domain/holdout/budget.js';
import { judge } from '../../src/domain/holdout/judge.js';
import { tEvidence } from '../../src/domain/holdout/evidence.js';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const BUDGET = suiteBudget(3, 2);
export const RULE = { name: 'ladder-free', z: 2, eps: 0 } as const;

export const numbersOf = (gain: number): HoldoutNumbers => ({
  direction: 'maximize',
  pairs: [0, 1, 2].map((seed) => ({ seed, candidate: gain + seed / 100, incumbent: 0 })),
  cut: false,
  failures: [],
});

export const SEAL: AuditEntry = {
  kind: 'rotate',
  suite: 's@1',
  task: 't',
  commandHash: 'c',
  dataHash: 'd',
  vaultKind: 'suite',
  budget: BUDGET,
  actor: 'test',
};

export const queryOf = (experiment: number): AuditEntry => ({
  kind: 'query',
  suite: 's@1',
  question: `l/${String(experiment)}/keep`,
  loop: 'l',
  experiment,
  artifactHash: `artifact-${String(experiment)}`,
  incumbentHash: 'incumbent',
  configHash: 'x',
});

export const scoreOf = (experiment: number, query: number, gain: number): AuditEntry & Scored => {
  const numbers = numbersOf(gain);
  const { verdict, logE } = judge(numbers, RULE, tEvidence);
  if (verdict === 'more') throw new Error('a ladder decides at once');
  return {
    kind: 'score',
    suite: 's@1',
    question: `l/${String(experiment)}/keep`,
    query,
    artifactHash: `artifact-${String(experiment)}`,
    evaluatorHash: 'c',
    dataHash: 'd',
    sandbox: 'bwrap',
    seeds: [0, 1, 2],
    n: 3,
    rule: RULE,
    numbersHash: sha256(canonicalJson(numbers)),
    logE,
    verdict,
    reason: null,
    bitsReleased: charge(BUDGET, verdict),
    queriesLeft: 0,
    passesLeft: 0,
  };
};

/** Entries as a steward would have written them. */
export const chained = (entries: readonly AuditEntry[]): AuditRecord[] => {
  const records: AuditRecord[] = [];
  for (const entry of entries)
    records.push(nextRecord(records.at(-1) ?? null, { entry, at: records.length, salt: 'salt' }, sha256));
  return records;
};

/** A seal, two questions with their answers, and a keep of the first. */
export const honestLog = (): AuditRecord[] =>
  chained([
    SEAL,
    queryOf(1),
    scoreOf(1, 1, 1),
    { kind: 'keep', loop: 'l', experiment: 1, artifactHash: 'artifact-1', scores: [2] },
    queryOf(2),
    scoreOf(2, 4, -1),
  ]);
