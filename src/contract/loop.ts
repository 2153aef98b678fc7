import type { Alarm } from './alarm.js';
import type { Contests, ContestStatus } from './contest.js';
import type { Epoch } from './epoch-verdict.js';
import type { HoldoutStatus, HoldoutTally } from './holdout.js';
import type { Incumbent, Noise } from './incumbent.js';
import type { LoopSource } from './loop-source.js';
import type { RunRecord } from './measurement.js';
import type { MethodInForce } from './method.js';
import type { Outcome } from './outcome.js';
import type { PromotionState } from './promotion.js';
import type { Ready } from './proposal.js';
import type { Parent, Rescored, Research } from './research.js';
import type { MechanismStanding, Steering, SteeringRecord } from './steering.js';
import type { Budget, Task } from './task-schema.js';

export type { Incumbent, Noise } from './incumbent.js';
export type { LoopSource } from './loop-source.js';

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
  baseline: { value: number; n: number } | null;
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
}

/** What is remembered of the last lifts of a level; the rest of what was spent is in `spent`. */
export interface LiftTrail {
  /** device-seconds of each of the last keeps */
  costs: number[];
  /**
   * of each of the last keeps: the experiments that it executed, as its evaluator counts them (null: it doesn't), and
   * what stood before it
   */
  kept: { executed: number | null; before: Incumbent }[];
}

/** How far branch + promote is. */
export interface PromotionStatus {
  phase: PromotionState['phase']['kind'];
  /** changes on the branch that no test has confirmed yet */
  provisional: number;
  /** the branch's best value: the luck of one run, for scouting only */
  head: Incumbent | null;
  /** scouts until the next test */
  scoutsLeft: number;
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
  baseline: { value: number; n: number } | null;
  noise: Noise | null;
  spent: Spent;
  budget: Budget;
  elapsedSeconds: number;
  outcomes: Partial<Record<Outcome, number>>;
  recent: RecentVerdict[];
  /** experiments on a device now */
  running: { experiment: number; idea: string; waitingFor: string }[];
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
