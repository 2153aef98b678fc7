import type { Outcome } from '../../contract/outcome.js';
import type { Acceptance } from '../../contract/task-schema.js';

/** How much of a gain was there when it was measured anew. */
export interface Remeasured {
  /** pairs on shared seeds, made one after the other; or runs of both apart from each other, with what drifted between */
  how: 'pairs' | 're-runs';
  n: number;
  gain: number;
  /** of 95 %; null where nothing tells the spread */
  interval: [number, number] | null;
  /** whether the rule decided by these very runs, which flatters them */
  decidedBy: boolean;
  /** the only one that was measured again; the other's score is the recorded one. Absent: both were */
  only?: 'candidate' | 'incumbent';
}

/** What a rule says of a recorded experiment. `unknown`: the record lacks what the rule would have measured. */
export interface ReplayedVerdict {
  experiment: number;
  idea: string;
  recorded: Outcome;
  verdict: Outcome | 'unknown';
  reason: string;
  /** gain over the incumbent that it was compared with, as the rule saw it; null where there was none */
  gain: number | null;
  against: number;
  remeasured: Remeasured | null;
}

/** Keeps that were measured again in pairs, and what they turned out to be; runs apart in time tell drift from no gain. */
export interface Real {
  keeps: number;
  remeasured: number;
  /** of the remeasured: by the very pairs that the rule decided by */
  decidedBy: number;
  /** of the remeasured: no gain at all */
  withoutGain: number;
  share: number | null;
  /** sums over the remeasured keeps, in units of the metric */
  claimed: number;
  found: number;
}

export interface Replay {
  name: string;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  recordedRule: Acceptance['rule'] | null;
  rule: Acceptance['rule'];
  /** the rule and every option are the recorded ones */
  ownRule: boolean;
  options: Acceptance;
  noise: { sigma: number; n: number } | null;
  notes: string[];
  verdicts: ReplayedVerdict[];
  kept: number;
  recordedKept: number;
  unknown: number;
  /** under its own rule: experiments of which an older record can't tell, for want of runs; they are unknown too */
  untold: number[];
  /** experiments that would be kept and were not, or the other way round; under its own rule: whose verdict differs. No unknown one */
  changed: number[];
  /** the others whose verdict has another name: not kept either way. A table without a rule can't hold such names */
  renamed: number[];
  real: Real;
}
