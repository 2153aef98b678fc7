import type { BlobRef } from './blob.js';
import type { EpochRow } from './epoch.js';
import type { LoopInput } from './loop.js';
import type { RunRecord } from './measurement.js';
import type { Outcome } from './outcome.js';
import type { BaseKind, Usage } from './proposal.js';
import type { SteeredBy } from './steering.js';
import type { TransferRow } from './transfer.js';

/** One finished experiment: one row, written once. Key: (loop, experiment). */
export interface ExperimentRow {
  loop: string;
  /** 0 is the baseline */
  experiment: number;
  outcome: Outcome;
  /** the verdict in words */
  reason: string;
  proposer: string;
  idea: string;
  /** commit that the proposal was made from */
  base: string;
  baseKind: BaseKind;
  /** experiment number of the incumbent it was compared with; null for the baseline */
  against: number | null;
  commit: string | null;
  tree: string | null;
  /** new tip of the branch, for a keep */
  branchCommit: string | null;
  /** mean of the candidate's measurements that count */
  value: number | null;
  /** rule and its evidence, enough to decide again */
  verdict: { rule: string; options: unknown; evidence: unknown } | null;
  deviceClass: string | null;
  usage: Usage;
  duplicateOf: number | null;
  /** what a method asked of the candidate, and what it is; absent without one */
  steering?: SteeredBy;
  /** milliseconds since the epoch, workflow time */
  proposedAt: number;
  settledAt: number;
}

export interface ModelCallRow {
  /** unique: `<loop>/<experiment>/<activity attempt>/<call>` */
  key: string;
  loop: string;
  experiment: number;
  model: string;
  status: 'ok' | 'malformed' | 'error';
  inputTokens: number;
  cachedTokens: number;
  outputTokens: number;
  dollars: number;
  milliseconds: number;
  /** full exchange in the content store */
  transcript: BlobRef | null;
}

export interface LoopEventRow {
  loop: string;
  /** from 0; key with loop */
  seq: number;
  kind:
    | 'opened'
    | 'paused'
    | 'resumed'
    | 'stopping'
    | 'stopped'
    | 'steered'
    | 'budget'
    | 'approved'
    | 'rejected'
    | 'continued'
    | 'holdout'
    | 'alarm'
    | 'reverted'
    | 'environment'
    | 'device'
    | 'notice';
  text: string;
  at: number;
}

export interface LoopRow {
  loop: string;
  input: LoopInput;
  openedAt: number;
}

/** A changed evaluator of the loop that is not on its scale, or was refused. */
export interface OtherEpoch extends Pick<EpochRow, 'epoch' | 'decision' | 'why' | 'bridge'> {
  /** milliseconds since the epoch */
  at: number;
}

/** Everything known of a loop: what `export`, `report` and a proposer's history read. */
export interface LoopRecord {
  loop: LoopRow;
  experiments: (ExperimentRow & { measurements: RunRecord[] })[];
  modelCalls: ModelCallRow[];
  events: LoopEventRow[];
  /** absent from exports older than this */
  otherEpochs?: OtherEpoch[];
  /** runs of kept changes on other device classes, whose scores are never compared with the others; absent: none */
  transfers?: TransferRow[];
}
