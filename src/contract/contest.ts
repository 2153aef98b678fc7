import type { EvidenceName, EvidenceOptions, TestState } from './evidence.js';
import type { RunRecord } from './measurement.js';
import type { RunStatus } from './outcome.js';
import type { Ready } from './proposal.js';

/** Rules that judge candidates by the batch. */
export type ContestRule = 'race' | 'halving' | 'hyperband';

/** What a task's options, the noise and the number of arms make of a contest. */
export interface ContestOptions {
  rule: ContestRule;
  /** candidates that take part, numbered from 1; 0 is the incumbent */
  arms: number;
  /** race: what finds arms that are worse than the best, at level alpha */
  drop: { test: 'friedman' | 't'; alpha: number };
  /** of one arm against the incumbent; in a race at the alpha-th part of each arm */
  test: {
    process: EvidenceName;
    options: EvidenceOptions;
    alpha: number;
    beta: number | null;
    nmax: number;
  };
  /** smallest gain that counts, in units of the metric */
  least: number;
  /** halving: runs that choose the finalist, at most */
  pulls: number;
  /** hyperband: the bracket; empty under other rules */
  rungs: { arms: number; fidelity: number }[];
  /** race: fresh runs that the winner's standing rests on */
  repeats: number;
}

/** A run's value, higher is better; or what it ended as. */
export type Cell = number | Exclude<RunStatus, 'ok'>;

/** All runs on one seed. */
export interface Block {
  seed: number;
  /** share of the run's budget; 1 is all of it */
  fidelity: number;
  /** by arm */
  cells: Record<number, Cell>;
}

/** Why an arm is out, or that it has won. */
export type Fate =
  | { end: 'failed'; status: Exclude<RunStatus, 'ok'>; block: number }
  /** dropped by ranks or t; by futility; not among the best of its round */
  | { end: 'worse' | 'hopeless' | 'beaten'; block: number }
  /** met the incumbent in the final test and lost, or won by less than counts */
  | { end: 'lost' | 'small' | 'undecided' | 'won'; block: number };

export type ContestPhase =
  | { kind: 'race'; alive: number[]; tests: Record<number, TestState>; passed: number[]; spoilt: number }
  | { kind: 'select'; alive: number[]; round: number; from: number; left: number }
  | { kind: 'final'; arm: number; test: TestState; spoilt: number; from: number }
  | { kind: 'standing'; arm: number; from: number; spoilt: number }
  | { kind: 'over' };

/** All that a contest remembers: JSON, bounded by its arms and blocks. */
export interface ContestState {
  options: ContestOptions;
  blocks: Block[];
  /** blocks that were judged; those after them aren't complete */
  judged: number;
  /** the first block whose pairs with the incumbent count; null while arms are only chosen among themselves */
  testedFrom: number | null;
  firstSeed: number;
  nextSeed: number;
  phase: ContestPhase;
  /** by arm; absent while it is alive */
  fates: Record<number, Fate>;
  /** what the winner stands on */
  standing: { value: number; n: number } | null;
}

/** A run that is to be made, or was. */
export interface ContestRun {
  arm: number;
  seed: number;
  fidelity: number;
}

/** A contest under way in a loop. */
export interface RunningContest {
  machine: ContestState;
  /** in the order of their numbers as arms, from 1 */
  arms: Ready[];
  records: { arm: number; record: RunRecord }[];
}

/** How long runs take under hyperband: whether a part of the budget saves time. */
export interface Pace {
  /** seconds of a run with the whole budget */
  whole: number;
  /** the last runs with less */
  parts: { fidelity: number; seconds: number }[];
}

/** What a loop remembers between contests. */
export interface Contests {
  nextSeed: number;
  held: number;
  current: RunningContest | null;
  /** absent under other rules, and once it was told that rungs save nothing */
  pace?: Pace;
}

/** What a row says of its contest. */
export interface ContestEvidence {
  rule: ContestRule;
  /** nth of its loop, from 0 */
  number: number;
  /** experiments that took part, by arm */
  arms: number[];
  arm: number;
  fate: Fate | null;
  standing: { value: number; n: number } | null;
  /** in one row of a contest: everything that was measured, and why it was stopped before its end */
  table?: { blocks: Block[]; stopped: string | null };
}

/** How far a loop's present contest is. */
export interface ContestStatus {
  rule: ContestRule;
  /** candidates that wait, or take part */
  arms: number;
  wanted: number;
  alive: number;
  blocks: number;
  phase: 'collect' | ContestPhase['kind'];
}
