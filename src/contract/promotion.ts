import type { EvidenceName, EvidenceOptions, Levels, Sums, TestState } from './evidence.js';
import type { Incumbent } from './incumbent.js';

/** A commit with changes laid onto it, in order. */
export interface Artifact {
  base: string;
  changes: string[];
}

export interface PromotionOptions {
  /** scouting evaluations between two promotion tests */
  every: number;
  /** false promotions accepted: per test, or as a share of all promotions where `share` is set */
  alpha: number;
  beta: number | null;
  /** pairs for one test, at most */
  nmax: number;
  evidence: EvidenceName;
  /** of the differences of two arms on one seed; sd 0 for a metric without noise */
  noise: EvidenceOptions;
  /** smallest gain of a branch that counts, in units of the metric */
  least: number;
  /** e-LOND across promotions */
  share: boolean;
  /** fresh runs that a new trunk's standing rests on */
  repeats: number;
  /** a change whose loss costs surely less than this is dropped after a promotion */
  margin: number;
  /** scout on one seed at a time, that the trunk was measured on too; pays where seeds correlate */
  pairedScouts: boolean;
  /** `z` and `mz` speak only while pairs scatter no more than `noise` says; absent in tests from before that */
  guarded?: boolean;
  /** a pair with a crash that `bet` has a number for tells nothing of the noise; absent in tests from before that */
  crashesApart?: boolean;
}

/** One measurement of the trunk; higher values are better everywhere in promotion. */
export interface Standing {
  seed: number;
  value: number;
}

/** Spread of differences on shared seeds, pooled over tests, each around its own mean. */
export interface Differences {
  squares: number;
  df: number;
}

/** A promotion that stands only if pairs scatter as was planned. */
export interface RestsOnNoise {
  experiment: number;
  /** what it replaced */
  before: Incumbent;
  /** level of its test, and what that test's pairs came to */
  alpha: number;
  sums: Sums;
}

/** `scored`: the pairs with two scores, where `bet` counted others too. */
export type Phase =
  | { kind: 'standing'; attempts: number }
  | { kind: 'scout' }
  | { kind: 'test'; test: TestState; alpha: number; spoilt: number; scored?: Sums }
  | { kind: 'prune'; at: number; test: TestState; spoilt: number; scored?: Sums }
  | { kind: 'seal' }
  | { kind: 'halted'; reason: string };

/** All that branch + promote remembers: JSON, bounded by the branch's length. */
export interface PromotionState {
  options: PromotionOptions;
  trunk: Artifact;
  /** fresh runs of this trunk, none of which chose it */
  standing: Standing[];
  branch: string[];
  /** cached value of the branch's head, from the run that chose it: for scouting only, never reported */
  best: number | null;
  scouted: number;
  /** epochs of scouting on this trunk */
  epoch: number;
  /** index of the next seed that nothing was measured on yet */
  nextSeed: number;
  levels: Levels;
  /** of all tests so far: what seeds that are shared leave of the noise */
  differences: Differences;
  /** the last promotions that rest on the noise in force, oldest first; absent: none */
  resting?: RestsOnNoise[];
  phase: Phase;
}

/** What is to be measured or done next. */
export type Wanted =
  | { kind: 'run'; artifact: Artifact; seed: number }
  | { kind: 'scout'; onto: Artifact; seed: number }
  | { kind: 'pair'; left: Artifact; right: Artifact; seed: number }
  | { kind: 'seal'; artifact: Artifact }
  | { kind: 'none'; reason: string };

/** The answer to what was wanted; a null value is a failed run. */
export type PromotionEvent =
  | { kind: 'ran'; value: number | null }
  | { kind: 'scouted'; change: string; value: number | null }
  | { kind: 'paired'; left: number | null; right: number | null }
  | { kind: 'sealed'; commit: string };
