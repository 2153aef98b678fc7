import type { Outcome } from '../../contract/outcome.js';
import type { Acceptance } from '../../contract/task-schema.js';

/** One evaluation as a scout on a provisional branch. */
export interface ScoutedVerdict {
  experiment: number;
  idea: string;
  recorded: Outcome;
  /** whether it joined the branch; only a promotion would have made that count */
  provisional: boolean;
}

/** A promotion test that branch + promote would have made. */
export interface TestedBranch {
  after: number;
  /** experiments on the branch, oldest first */
  branch: number[];
  /** pairs of its head and the trunk that the record has */
  pairs: number;
  verdict: 'promoted' | 'reset' | 'unknown';
  reason: string;
}

export interface PromotionReplay {
  name: string;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  rule: 'branch+promote';
  every: number;
  recordedRule: Acceptance['rule'] | null;
  notes: string[];
  verdicts: ScoutedVerdict[];
  tests: TestedBranch[];
  provisional: number;
  /** on the branch at the end, before a test was due */
  untested: number;
  promoted: number;
  reset: number;
  unknown: number;
}
