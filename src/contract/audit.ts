import type { FailureMode } from './alarm.js';
import type { HoldoutVerdict, InvalidReason } from './steward.js';

export interface TailGuard {
  /** pairs before which nothing pays */
  pairs: number;
  /** typical differences that no pair may lose more than; null: `worst` says what one may lose */
  times: number | null;
}

/** Rule that was in force for a score, enough to decide again from the stored numbers. */
type ByName =
  | {
      name: 'sequential';
      alpha: number;
      /** smallest gain that pays, in units of the metric */
      eps: number;
      /** pairs before which nothing is decided, and after which it stays undecided */
      least: number;
      most: number;
      /** no pair may lose more than this for a `pays`; null: not guarded */
      worst: number | null;
      /** what forbids `pays` besides; absent from records older than this, and where the vault leaves its tail open */
      tail?: TailGuard;
    }
  | { name: 'ladder-free'; z: number; eps: number }
  | {
      name: 'thresholdout';
      eps: number;
      claimed: number;
      /** after the noise that was drawn for this query */
      threshold: number;
      comparison: number;
      answer: number;
    };

/** How a vault answers. `leavesOut`: pairs in which both failed; absent from records older than this, where they were gains of 0. */
export type HoldoutRule = ByName & { leavesOut?: 'both-failed' };

/** A suite's allowance: B questions, at most p answers that aren't `undecided`. */
export interface HoldoutBudget {
  queries: number;
  passes: number;
  /** bits that all answers together may release */
  bits: number;
}

interface Link {
  i: number;
  /** hash of the record before; 64 zeros for the first */
  prev: string;
  /** milliseconds since the epoch */
  at: number;
  /** random: a hash that is published must say nothing of what it covers */
  salt: string;
  /** sha256(prev + canonical JSON of all other fields) */
  hash: string;
}

export interface Sealed {
  kind: 'rotate';
  suite: string;
  task: string;
  commandHash: string;
  dataHash: string;
  vaultKind: 'generator' | 'suite' | 'reserve';
  budget: HoldoutBudget;
  /** gains that are worth 1, by the vault's metric and by the task's; absent: the vault doesn't say */
  unit?: number;
  claimUnit?: number;
  actor: string;
}

export interface Queried {
  kind: 'query';
  suite: string;
  question: string;
  loop: string;
  experiment: number;
  artifactHash: string;
  incumbentHash: string;
  /** gain by the loop's own measure, in units of its metric; absent from records older than this */
  claimed?: number | null;
  /** standard error of that; absent: not told */
  claimedError?: number;
  /** of the loop; absent: the lowest */
  level?: number;
  configHash: string;
}

export interface Scored {
  kind: 'score';
  suite: string;
  question: string;
  /** index of the query record that fixed the candidate's hash */
  query: number;
  artifactHash: string;
  evaluatorHash: string;
  dataHash: string;
  sandbox: 'bwrap' | 'none';
  seeds: number[];
  n: number;
  rule: HoldoutRule;
  /** hash of the stored numbers from which the verdict follows */
  numbersHash: string;
  logE: number | null;
  verdict: HoldoutVerdict;
  reason: InvalidReason | null;
  bitsReleased: number;
  queriesLeft: number;
  passesLeft: number;
}

export interface Kept {
  kind: 'keep' | 'promote';
  loop: string;
  experiment: number;
  artifactHash: string;
  /** indices of score records */
  scores: number[];
}

export interface Alarmed {
  kind: 'alarm';
  what: 'vault_changed' | 'unsupported_keep' | 'torn_tail' | 'changed_question';
  about: string;
}

/** A candidate held a token of the vault: no further question is put to this version. */
export interface Leaked {
  kind: 'alarm';
  what: 'leak';
  /** the question */
  about: string;
  suite: string;
  artifactHash: string;
}

/** What the answers to a loop show together; told with the last of them, and charged like one. */
export interface FailureSeen {
  kind: 'alarm';
  what: FailureMode;
  /** the question */
  about: string;
  suite: string;
  loop: string;
  /** index of the score record */
  score: number;
  /** 0: nothing was left to pay for it, and it was not told */
  bitsReleased: number;
  queriesLeft: number;
  passesLeft: number;
}

export interface Opened {
  kind: 'reserve';
  suite: string;
  artifactHash: string;
  actor: string;
  numbersHash: string;
}

export type AuditEntry = Sealed | Queried | Scored | Kept | Alarmed | Leaked | FailureSeen | Opened;
export type AuditRecord = AuditEntry & Link;

/** What was measured for one score, kept by the steward alone. */
export interface HoldoutNumbers {
  direction: 'minimize' | 'maximize';
  /** null: the run crashed, timed out or printed no number */
  pairs: { seed: number; candidate: number | null; incumbent: number | null }[];
  /** whether the time ran out before the rule was done */
  cut: boolean;
  failures: { seed: number; who: 'candidate' | 'incumbent'; tail: string }[];
}
