import type { Incumbent } from './incumbent.js';
import type { ExperimentRow } from './ledger.js';
import type { RunRecord } from './measurement.js';
import type { Acceptance } from './task-schema.js';

/** An experiment as far as a standing rests on it. */
export interface StandingRow extends Pick<
  ExperimentRow,
  | 'experiment'
  | 'outcome'
  | 'proposer'
  | 'commit'
  | 'branchCommit'
  | 'value'
  | 'verdict'
  | 'steering'
  | 'deviceClass'
  | 'settledAt'
> {
  /** those of the baseline and of incumbents, at least */
  measurements: readonly Pick<RunRecord, 'role' | 'commit' | 'status' | 'value' | 'deviceClass'>[];
}

/** What a loop's standings are read from. */
export interface StandingRecord {
  loop: string;
  rule: Acceptance['rule'];
  /** in the order of the verdicts; those that change no standing may be missing */
  rows: readonly StandingRow[];
  /** back to which experiment, and when; oldest first */
  reverts: readonly { to: number; at: number }[];
}

/** What a loop believes now: each score is the mean of the runs that the loop lets it stand on. */
export interface Standings {
  /** the unchanged artifact's, with its later runs for as long as it stood; null: there is none */
  baseline: Incumbent | null;
  /** what stands now; the baseline where nothing was kept */
  incumbent: Incumbent | null;
  /** of everything that ever stood, as it was believed last */
  of: ReadonlyMap<number, Incumbent>;
}
