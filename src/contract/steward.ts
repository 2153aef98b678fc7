/** What a loop and the steward say to each other. No code but strings, so that workflows may import it. */

import type { FailureMode } from './alarm.js';

export const STEWARD_QUEUE = 'steward';
export const STEWARD_NAMESPACE = 'autolift-steward';

/** Workflow types of the steward's namespace. */
export const HOLDOUT_QUERY = 'holdoutQuery';
export const NOTE_KEEP = 'noteKeep';
export const PROBE_VAULT = 'probeVault';

/** All that is ever said of a holdout. */
export type HoldoutVerdict = 'pays' | 'flat' | 'harmful' | 'undecided' | 'invalid';

/** Why an answer is `invalid`: none of it depends on what is in the vault, but for `scorer_failed`, which is charged. */
export type InvalidReason =
  | 'bad_question'
  | 'unknown_vault'
  | 'not_sealed'
  | 'vault_changed'
  | 'not_pinned'
  | 'reserve'
  | 'budget_spent'
  | 'no_commit'
  | 'no_sandbox'
  | 'scorer_failed'
  | 'leak'
  | 'burnt';

export const INVALID_SENTENCES: Readonly<Record<InvalidReason, string>> = {
  bad_question: 'The question is malformed, or was asked before about another candidate.',
  unknown_vault: 'The steward has no vault of this name; see `autolift vault list` as the steward.',
  not_sealed: 'The vault is not sealed; run `autolift vault seal` as the steward.',
  vault_changed: 'The vault is not the one that was sealed; give it a new version and seal it again.',
  not_pinned: 'The vault is pinned to another task or another command.',
  reserve: 'The vault is a reserve: a person opens it once, with `autolift reserve open`.',
  budget_spent: 'The vault has no questions or answers left; rotate it.',
  no_commit: 'The steward cannot read the commits from the repository.',
  no_sandbox: 'The steward has no bubblewrap, and was not told to run candidates without it.',
  scorer_failed: "The vault's own scorer failed on the incumbent.",
  leak: 'The candidate holds a token of the vault: this version of it is burnt.',
  burnt: 'A candidate held a token of this version of the vault; rotate it.',
};

/** When in a loop a question is asked; part of its key. */
export type QuestionKind = 'keep' | 'promotion' | 'rent' | 'final';

export interface HoldoutQuery {
  v: 1;
  loop: string;
  experiment: number;
  kind: QuestionKind;
  task: string;
  /** name of the vault, never a path */
  vault: string;
  /** the task's `holdout.command`, which the vault must pin */
  command: string;
  /** common git directory on a host that the steward shares with the loop */
  repository: string;
  prefix: string;
  candidate: string;
  incumbent: string;
  /** gain by the loop's own measure, for a vault that answers by Thresholdout; null: unknown */
  claimed: number | null;
  /** standard error of that, by the loop's noise; absent: not known */
  claimedError?: number | undefined;
  /** of the loop, where it isn't the lowest: which failure its answers are watched for */
  level?: number | undefined;
}

export interface HoldoutAnswer {
  v: 1;
  verdict: HoldoutVerdict;
  /** null for a valid answer */
  reason: InvalidReason | null;
  /** id of the record in the steward's audit log; null: nothing was asked of the vault */
  record: string | null;
  /** hash at the head of the audit log, to be anchored in the loop's ledger */
  head: string;
  left: { queries: number; passes: number } | null;
  /** what all answers to this loop together show; absent: nothing */
  alarm?: FailureMode;
  /** Ed25519 over question and answer, base64 */
  signature: string;
}

/** What the control worker heard: the answer, or that the steward has gone or come back since it was asked. */
export type Heard = { answer: HoldoutAnswer } | { away: boolean };

/** Whether a vault could be asked; before a loop begins. */
export type VaultProbe = Pick<HoldoutQuery, 'v' | 'task' | 'vault' | 'command'>;

export interface VaultProbed {
  /** why not; null: it could */
  reason: InvalidReason | null;
  left: HoldoutAnswer['left'];
}

/** One question, one charge, however often it is sent. */
export const questionId = (query: Pick<HoldoutQuery, 'loop' | 'experiment' | 'kind'>): string =>
  `${query.loop}/${String(query.experiment)}/${query.kind}`;

/** Tells the steward that a candidate was kept on the ground of an answer, which the audit then can check. */
export interface KeepNote {
  v: 1;
  loop: string;
  experiment: number;
  kind: 'keep' | 'promote';
  candidate: string;
  /** ids of the answers that it rests on */
  records: string[];
}

export const keepNoteId = (note: Pick<KeepNote, 'loop' | 'experiment' | 'kind'>): string =>
  `${note.loop}/${String(note.experiment)}/note-${note.kind}`;

export interface KeepNoted {
  /** whether a record supports it */
  supported: boolean;
  head: string;
}

/** Control activities with which a loop reaches the steward; both may run twice. */
export interface StewardClientActivities {
  /** Returns with the answer, or as soon as `away` isn't true any more. */
  askSteward(asked: { query: HoldoutQuery; away: boolean }): Promise<Heard>;
  noteKeep(note: KeepNote): Promise<KeepNoted>;
}

/** Activities of the steward itself, in its own namespace. */
export interface StewardActivities {
  answerQuery(asked: { query: HoldoutQuery; at: number }): Promise<HoldoutAnswer>;
  appendKeep(note: KeepNote): Promise<KeepNoted>;
  /** Costs nothing and tells nothing that depends on what a vault holds. */
  checkVault(probe: VaultProbe): Promise<VaultProbed>;
}

const ANCHOR = /^audit log at ([0-9a-f]{64})\b/;

/** Text of the loop event that anchors the audit log's head in the ledger: a hash and nothing else. */
export const anchorText = (head: string): string => `audit log at ${head}`;

export const readAnchor = (text: string): string | null => ANCHOR.exec(text)?.[1] ?? null;

/** What the signature covers, as text. */
export const signedText = (query: HoldoutQuery, answer: Omit<HoldoutAnswer, 'signature'>): string =>
  JSON.stringify([
    ...[query.v, query.loop, query.experiment, query.kind, query.task, query.vault, query.command],
    ...[query.repository, query.prefix, query.candidate, query.incumbent, query.claimed],
    ...[answer.v, answer.verdict, answer.reason, answer.record, answer.head],
    answer.left === null ? null : [answer.left.queries, answer.left.passes],
    // said only where it is the case: the texts of all other answers stay what they were
    ...(query.claimedError === undefined ? [] : [{ claimedError: query.claimedError }]),
    ...(query.level === undefined ? [] : [{ level: query.level }]),
    ...(answer.alarm === undefined ? [] : [{ alarm: answer.alarm }]),
  ]);

/** Name of the vault that a task means: `sine`, `../vaults/sine` and `../vaults/sine/` are one. */
export const vaultName = (vault: string): string => vault.split('/').findLast((part) => part !== '') ?? '';
