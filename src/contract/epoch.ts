import type { EpochVerdict } from './epoch-verdict.js';
import type { LoopSource } from './loop.js';
import type { RunStatus } from './outcome.js';
import type { Task } from './task-schema.js';

/** A version of an evaluator: what it is asked by, and where it lives. */
export interface EvaluatorVersion {
  task: Task;
  source: LoopSource;
}

/** A frozen artifact of a loop that both versions score. */
export interface ReferenceArtifact {
  experiment: number;
  commit: string;
  /** its score when the loop ran */
  value: number;
}

/** Argument of the `evaluatorEpoch` workflow. */
export interface EpochInput {
  v: 1;
  /** id of the workflow, and of the refs that it makes: `<task>/epoch-<tag>-<commit>` */
  id: string;
  /** loop whose evaluator is to change */
  loop: string;
  /** number of the new epoch; a loop that was never bridged is in epoch 1 */
  epoch: number;
  before: EvaluatorVersion;
  after: EvaluatorVersion;
  /** the incumbent first */
  artifacts: ReferenceArtifact[];
  /** the old evaluator can't be run any more, its data or Python are others: what it said then is taken */
  asRecorded: boolean;
}

/** What both versions said of one artifact, on one seed. */
export interface BridgedScore {
  experiment: number;
  /** the artifact's editable files among the new version's protected ones; null: they are not text */
  commit: string | null;
  before: { status: RunStatus; value: number | null };
  after: { status: RunStatus; value: number | null };
}

export interface EpochResult extends EpochVerdict {
  scores: BridgedScore[];
}

/** Answer of the workflow's query. */
export interface EpochProgress {
  done: number;
  planned: number;
}

/** The ledger's row of a bridge, whatever was decided. */
export interface EpochRow extends EpochResult {
  id: string;
  loop: string;
  epoch: number;
  fromHash: string | null;
  toHash: string | null;
  /** milliseconds since the epoch, workflow time */
  decidedAt: number;
}
