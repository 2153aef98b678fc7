import type { Alarm } from './alarm.js';
import type { ChosenDevice } from './chosen-device.js';
import type { Contests, ContestStatus } from './contest.js';
import type { Epoch } from './epoch-verdict.js';
import type { HoldoutStatus, HoldoutTally } from './holdout.js';
import type { Incumbent, Noise } from './incumbent.js';
import type { LiftTrail } from './lift-trail.js';
import type { LoopSource } from './loop-source.js';
import type { RunRecord } from './measurement.js';
import type { MethodInForce } from './method.js';
import type { Outcome } from './outcome.js';
import type { PromotionState } from './promotion.js';
import type { PromotionStatus } from './promotion-status.js';
import type { Ready } from './proposal.js';
import type { Parent, Rescored, Research } from './research.js';
import type { MechanismStanding, Steering, SteeringRecord } from './steering.js';
import type { Budget, Task } from './task-schema.js';
import type { KnownCurve } from './known-curve.js';
import type { RunningExperiment } from './running.js';

export type { Incumbent, Noise } from './incumbent.js';
export type { LiftTrail } from './lift-trail.js';
export type { LoopSource } from './loop-source.js';
export type { PromotionStatus } from './promotion-status.js';

/** The experiment of another loop that is this one's baseline. */
export interface ForkedFrom {
  loop: string;
  experiment: number;
  /** whether the old loop's own artifact printed the metric; absent from forks older than this */
  trustClaims?: boolean;
}

/** Argument of the `researchLoop` workflow, and of each continued run of it. */
export interface LoopInput {
  v: 1;
  /** id of loop and workflow: `<task>/<tag>` */
  loop: string;
  tag: string;
  level: number;
  task: Task;
  source: LoopSource;
  forkedFrom: ForkedFrom | null;
  /** absent: the task's own policy */
  method?: MethodInForce;
  /** absent in the first epoch of an evaluator */
  epoch?: Epoch;
  /** levels 1 and up: what a candidate is measured by */
  research?: Research;
  /** of a child loop: the measurement that it is part of */
  parent?: Parent;
  /** of a child loop: fresh runs of what it ends with */
  rescore?: number;
  /** absent in the first run */
  state?: LoopState;
}

/** Everything spent so far; reservations for what is in flight are kept apart. */
export interface Spent {
  experiments: number;
  deviceSeconds: number;
  dollars: number;
  tokens: number;
}

export type Phase = 'baseline' | 'running' | 'paused' | 'stopping' | 'done' | 'failed';

export interface RecentVerdict {
  experiment: number;
  outcome: Outcome;
  idea: string;
  value: number | null;
  reason: string;
}

/** A candidate that waits for a device. */
export type Waiting = Ready & {
  /** runs against an incumbent that is none any more: a person approved it too late */
  measured?: RunRecord[];
};

/** A would-be keep that waits for a person. */
export interface AwaitingApproval {
  prepared: Ready;
  measurements: RunRecord[];
  /** incumbent experiment that it beat */
  against: number;
  reason: string;
}

/** A scout that beat the branch's cached best: it stands until the branch is tested against the trunk. */
export interface ProvisionalChange {
  experiment: number;
  /** the change is what lies between these two commits */
  base: string;
  commit: string;
  /** the provisional changes that it was made on, and itself */
  changes: number[];
}

/** What a loop carries from run to run; bounded, whatever the number of experiments. */
export interface LoopState {
  v: 1;
  phase: Phase;
  /** why it stopped or waits, for people */
  note: string;
  /** number of the next experiment to be proposed, from 1 */
  next: number;
  startedAt: number;
  /** milliseconds spent paused, not counted in the wall clock */
  pausedMs: number;
  budget: Budget;
  spent: Spent;
  /** what proposals are made from; under branch + promote the provisional branch's head */
  incumbent: Incumbent | null;
  /** branch + promote: what stands, and what is on the branch; null under any other rule and without noise */
  promotion: PromotionState | null;
  /** the last promoted trunk, beside `promotion` */
  trunk: Incumbent | null;
  provisional: ProvisionalChange[];
  /** tip of the branch as far as verdicts are written; null: still the base commit */
  branchTip: string | null;
  /** the unchanged artifact's first runs */
  baseline: { value: number; n: number } | null;
  /** what it stood on when something else took its place; absent: it stands, or stood on its first runs */
  baselineStood?: { value: number; n: number };
  noise: Noise | null;
  /** the last keeps that were made while the metric was taken for still; absent: none */
  unproven?: number[];
  outcomes: Partial<Record<Outcome, number>>;
  sinceKeep: number;
  /** proposals in a row that could not be used */
  refusedInARow: number;
  hints: string[];
  recent: RecentVerdict[];
  /** numbers that were given out and whose proposal failed for want of infrastructure */
  unproposed: number[];
  /** prepared candidates that wait for a device */
  waiting: Waiting[];
  awaiting: AwaitingApproval[];
  trustClaims: boolean;
  /** mean device time of recent runs in seconds */
  meanRunSeconds: number | null;
  /** mean time from asking a proposer to its candidates, in seconds */
  meanProposeSeconds: number | null;
  /** sequence number of the next loop event, its ledger key */
  nextEvent: number;
  /** absent until the holdout was asked */
  holdout?: HoldoutTally;
  /** absent where candidates are judged one by one */
  contests?: Contests;
  /** the last of them; absent until there is one */
  alarms?: Alarm[];
  /** at level 1 and above: what the last keeps cost and executed */
  lifts?: LiftTrail;
  /** when keeps were last taken back: what was proposed before then was made from them; absent: never */
  backAt?: number;
  /** lifts in a row that gave what stands again; absent: none, or the lowest level */
  still?: number;
  /** absent until rent was due */
  rent?: { paid: Incumbent; keeps: number };
  /** absent until a method's mechanism was asked */
  steering?: Steering;
  /** of each host the environment that its first measurement was scored in; absent: no worker has told */
  environments?: Record<string, string>;
  /** of the incumbent, and of candidates whose verdict may be out; absent without `run.earlyStop` */
  curves?: readonly KnownCurve[];
  /** the class of each list of preferences, fixed for the whole loop; absent: there was nothing to choose */
  devices?: Record<string, ChosenDevice>;
  /** ends of child loops whose experiment has no row yet; absent: none */
  below?: EndBelow[];
}

/** A mechanism and what it has done; `inert` says why it doesn't count, and is absent where it does. */
export type MechanismStatus = { name: string; inert?: string } & SteeringRecord;

/** Answer of the `status` query; also shown by `autolift status --json`. */
export interface LoopStatus {
  loop: string;
  task: string;
  level: number;
  /** of its evaluator: scores of different epochs are never compared; absent: the first */
  epoch?: number;
  /** absent: the task's own policy */
  method?: { ref: string; hash: string; mechanism: MechanismStatus | null };
  phase: Phase;
  note: string;
  metric: { name: string; direction: 'minimize' | 'maximize' };
  /** absent where a task names one class, and until it is chosen */
  device?: ChosenDevice;
  /** that nobody serves the devices it needs; absent: as far as it knows somebody does */
  unserved?: string;
  branch: string;
  /** what stands: under branch + promote the trunk, whose value rests on fresh runs */
  incumbent: Incumbent | null;
  /** null where every keep stands at once */
  promotion: PromotionStatus | null;
  /** absent where candidates are judged one by one */
  contest?: ContestStatus;
  /** null without a holdout */
  holdout: HoldoutStatus | null;
  /** the last of them; absent: none */
  alarms?: Alarm[];
  /** the unchanged artifact, with its later runs for as long as it stood */
  baseline: { value: number; n: number } | null;
  noise: Noise | null;
  spent: Spent;
  budget: Budget;
  elapsedSeconds: number;
  outcomes: Partial<Record<Outcome, number>>;
  recent: RecentVerdict[];
  /** experiments on a device now */
  running: RunningExperiment[];
  waiting: number;
  awaitingApproval: { experiment: number; idea: string; reason: string }[];
  hints: string[];
}

/** Result of a finished loop. */
export interface LoopResult {
  loop: string;
  stopped: string;
  incumbent: Incumbent | null;
  baseline: { value: number; n: number } | null;
  spent: Spent;
  outcomes: Partial<Record<Outcome, number>>;
  /** absent where no holdout was asked */
  holdout?: HoldoutTally;
  /** of a child loop */
  noise?: Noise | null;
  /** absent without one */
  mechanism?: MechanismStanding;
  rescored?: Rescored;
  /** the last of them; absent: none */
  alarms?: Alarm[];
}

/** What a child loop came to; a text says why it has no result. */
export type ChildEnd = { result: LoopResult } | { failed: string; spent?: Spent };

/** An end that is not measured again when its experiment is begun anew after a halt. */
export interface EndBelow {
  /** id of the unit: which measurement of which experiment, which task and repeat */
  loop: string;
  /** what it has researched, and from which seed */
  commit: string;
  seed: number;
  end: ChildEnd;
}
