import type { SteeredBy } from './steering.js';

/** One change to one file, relative to the task's folder, with forward slashes. */
export type Edit = { kind: 'write'; path: string; content: string } | { kind: 'delete'; path: string };

/** What a proposer came up with, before anything was checked. */
export interface Proposal {
  /** One line: what is tried and why. Shown to people and to later proposals; never trusted. */
  idea: string;
  edits: Edit[];
}

/** How a candidate relates to the incumbent of the moment it was run against. */
export type BaseKind =
  /** made from the incumbent itself */
  | 'current'
  /** the incumbent changed while it waited; its edits were carried over */
  | 'rebased'
  /** the incumbent changed and it was measured as it was, against the new one */
  | 'stale';

/** What a model call cost; zero for proposers without a model. */
export interface Usage {
  model: string | null;
  calls: number;
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  dollars: number;
}

export const NO_USAGE: Usage = {
  model: null,
  calls: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  dollars: 0,
};

/** A candidate that can be run. */
export type Ready = Extract<Prepared, { status: 'ready' }>;

/** A proposal after `prepare`: a commit that can be run, or the reason why there is none. */
export type Prepared = {
  experiment: number;
  proposer: string;
  idea: string;
  usage: Usage;
  /** workflow time in milliseconds, filled in by the loop */
  proposedAt?: number;
  /** absent without a method */
  steering?: SteeredBy;
} & (
  | { status: 'ready'; commit: string; tree: string; base: string; baseKind: BaseKind }
  | {
      status: 'refused' | 'no_change' | 'duplicate' | 'over_budget';
      reason: string;
      /** the experiment that it repeats, for a duplicate */
      duplicateOf?: number;
    }
);
