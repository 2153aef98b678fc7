import type { LoopSource } from './loop-source.js';
import type { RunRecord } from './measurement.js';
import type { Task } from './task-schema.js';

/** A kept change of a loop, as its branch holds it. */
export interface KeptChange {
  experiment: number;
  idea: string;
  /** tips of the branch without it and with it */
  before: string;
  after: string;
}

/** What of a loop is measured on other classes; read off its record. */
export interface TransferPlan {
  /** class that the loop ran on */
  from: string;
  task: Task;
  source: LoopSource;
  /** those that still stand, in the order of the branch */
  changes: KeptChange[];
  /** whether the loop's own artifact prints its metric */
  trustClaims: boolean;
  /** device-seconds of a run, as the loop's were; null: it has none */
  runSeconds: number | null;
}

/** Something that runs: the branch at a kept change (`at 12`, `at 0` before all), or what stands without one (`12 without 5`). */
export interface Artifact {
  name: string;
  /** number in the keys of its runs */
  experiment: number;
  commit: string;
}

/** Argument of the `transferStudy` workflow, and of each continued run of it. */
export interface TransferInput {
  v: 1;
  /** id of workflow and study: `<loop>/transfer/…` */
  id: string;
  loop: string;
  to: string[];
  /** seeds; every artifact runs once on each, on each class */
  pairs: number;
  /** only these kept changes; absent: all */
  only?: number[];
  /** why it stands still, of a run that was continued while it did */
  paused?: string;
}

/** The ledger's row of one run; it belongs to no experiment, and no standing rests on it. */
export interface TransferRow {
  id: string;
  loop: string;
  artifact: string;
  /** which seed, from 0: runs of a study on one class and seed are compared */
  pair: number;
  run: RunRecord;
}

/** A run that a study has made before it was interrupted. */
export interface MadeRun {
  device: string;
  artifact: string;
  pair: number;
  status: RunRecord['status'];
  value: number | null;
}

/** What a study begins with: nothing where the loop has kept nothing. */
export interface OpenedTransfer {
  plan: TransferPlan | null;
  artifacts: Artifact[];
  made: MadeRun[];
}

/** Answer of the study's query, and with `stopped` its result. */
export interface TransferProgress {
  done: number;
  planned: number;
  /** why it stands still; absent while it goes on */
  paused?: string;
  /** classes that nobody serves, as far as it knows */
  unserved: string[];
}

export interface TransferResult extends TransferProgress {
  /** null: every run was made */
  stopped: string | null;
}
