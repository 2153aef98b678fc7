import type { ContestEvidence } from '../../contract/contest.js';
import type { Measurement } from '../../contract/measurement.js';
import type { Outcome } from '../../contract/outcome.js';
import type { Acceptance } from '../../contract/task-schema.js';
import type { Standing } from '../../contract/promotion.js';
import type { Overtaken } from '../acceptance/rule.js';
import type { MeasuredPair } from '../promotion/measured-pair.js';
import type { Direction } from '../score.js';

/** Index of the run that the loop makes for the guards alone; no rule ever sees it. */
export const GUARD_INDEX = 1000;

/** What was measured for a promotion, in order. */
export interface RecordedPromotion {
  branch: string[];
  pairs: MeasuredPair[];
  /** fresh runs of the new trunk */
  standing: Standing[];
  /** what its test went by; only whether `t` stood by, and crashes told of the noise, is read */
  options?: { guarded?: boolean; crashesApart?: boolean };
}

/** One finished experiment, as far as a verdict rests on it. */
export interface RecordedExperiment {
  experiment: number;
  idea: string;
  outcome: Outcome;
  reason: string;
  /** null: it was never run */
  commit: string | null;
  /** the incumbent that it was compared with; null where the record doesn't say */
  against: number | null;
  /** that one's standing at the time, where the record tells */
  standing: { value: number; n: number } | null;
  /** what it was made from, and its commit on the branch; null where the record doesn't say */
  base?: string;
  branchCommit?: string | null;
  /** set for a promotion under branch + promote: no candidate, but the test of a branch against its trunk */
  promotion?: RecordedPromotion;
  /** set where no rule has judged its runs: a part of one, or runs of a known trial, which count for the incumbent */
  unjudged?: true;
  /** set for a candidate that met others in a contest */
  contest?: ContestEvidence;
  /** set where the metric was taken for still and a keep had to run alike on a second seed */
  secondSeed?: true;
  /** set where keeps were put to the proof: what they were measured beside, as it stood before */
  proven?: { commit: string; value: number; n: number };
  /** set where the incumbent changed while it was judged: pairs before that did not count */
  overtaken?: Overtaken;
  /** set where its verdict rests on runs beside an incumbent that the ledger of that time did not hold */
  lacksRuns?: true;
  /** what it stood on once it was kept */
  value: number | null;
  measurements: Measurement[];
}

/** A loop of this engine or another's results, in the order of its verdicts. */
export interface RecordedLoop {
  name: string;
  metric: { name: string; direction: Direction };
  /** the rule it was run under; null where nobody wrote it down */
  acceptance: Acceptance | null;
  guarded: boolean;
  baseline: Measurement[];
  experiments: RecordedExperiment[];
  /** re-runs that belong to no experiment */
  reruns: Measurement[];
  /** what its reader took otherwise than it is written */
  notes?: string[];
}
