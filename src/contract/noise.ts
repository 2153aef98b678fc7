import type { LoopSource } from './loop.js';
import type { Outcome, RunStatus } from './outcome.js';
import type { Task } from './task-schema.js';

/** Argument of the `noiseStudy` workflow. */
export interface NoiseInput {
  v: 1;
  /** id of the workflow: `<task>/noise/<commit>-<repeats>` */
  id: string;
  task: Task;
  source: LoopSource;
  /** device classes to measure on */
  devices: string[];
  /** seeds, each run twice on every class */
  repeats: number;
  /** copies of the artifact that are judged as candidates by real runs */
  clones: number;
}

/** One run of the unchanged artifact. */
export interface NoiseRun {
  deviceClass: string;
  /** the device itself: host and id */
  device: string;
  /** which seed, from 0 */
  seed: number;
  /** first or second run on this seed */
  arm: 0 | 1;
  status: RunStatus;
  value: number | null;
  detail: string;
  /** seconds that the device was held */
  seconds: number;
  /** ISO 8601, UTC */
  startedAt: string;
}

/** What the task's rule said of a copy of the unchanged artifact. */
export interface CloneVerdict {
  outcome: Outcome;
  reason: string;
  runs: number;
}

export interface NoiseResult {
  runs: NoiseRun[];
  clones: CloneVerdict[];
}

/** Answer of the study's query. */
export interface NoiseProgress {
  done: number;
  planned: number;
}
