import type { ChosenDevice } from './chosen-device.js';
import type { LoopInput } from './loop.js';
import type { MethodInForce } from './method.js';
import type { Research } from './research.js';
import type { MechanismStanding } from './steering.js';
import type { Task } from './task-schema.js';

/**
 * What can be compared: A the loop, A+ the loop with the outer loop's budget, R proposals of chance, S the sham (a mechanism
 * that does nothing, with the same resets), B the parameter level, C parameters and mechanism, D the mechanism alone,
 * H a mechanism that a person wrote.
 */
export const ARMS = ['A', 'A+', 'R', 'S', 'B', 'C', 'D', 'H'] as const;

export type Arm = (typeof ARMS)[number];

/** Arms whose method an outer loop finds, and the files that it may change for that. */
export const SEARCHED = {
  B: ['method/process/process.yaml'],
  C: ['method/process/**'],
  D: ['method/process/mechanism.js'],
} as const satisfies Partial<Record<Arm, readonly string[]>>;

export type SearchedArm = keyof typeof SEARCHED;

/** What an arm searches with: its method, and each task of the study as that has it. */
export interface ArmPlan {
  method: MethodInForce;
  tasks: Task[];
}

/** One loop of an ablation. */
export interface Cell {
  arm: Arm;
  /** position of its task in the study */
  task: number;
  repeat: number;
}

/** What a cell came to, small enough to be carried by the hundred. */
export interface CellEnd extends Cell {
  loop: string;
  /** null: it failed, and every pair that it belongs to is missing */
  u: number | null;
  failed: string | null;
  /** score that its artifact came to, and that of the unchanged one, in units of the task's metric */
  value: number | null;
  baseline: number | null;
  keeps: number;
  /** how its mechanism stood at the end; absent without one */
  mechanism?: MechanismStanding;
  experiments: number;
  deviceSeconds: number;
  dollars: number;
  tokens: number;
}

/** What an outer search came to, and what it cost with all loops below it. */
export interface SearchEnd {
  arm: SearchedArm;
  index: number;
  loop: string;
  /** null: it failed, and its arm has no cells */
  plan: ArmPlan | null;
  failed: string | null;
  stopped: string;
  keeps: number;
  /** methods tried */
  candidates: number;
  /** experiments of all loops below it */
  experiments: number;
  deviceSeconds: number;
  dollars: number;
  tokens: number;
}

/** Argument of the `ablation` workflow, and of each continued run of it. */
export interface AblationInput {
  v: 1;
  /** id of the workflow; its loops' begin with it */
  id: string;
  /** 1, or more where an ablation that was stopped goes on: its loops get other names */
  attempt: number;
  seed: number;
  /** repeats of each arm on each task */
  n: number;
  /** cells at a time */
  parallel: number;
  arms: Arm[];
  research: Research;
  /** of arms that need no search */
  plans: Partial<Record<Arm, ArmPlan>>;
  /** outer loops that find the methods of the others */
  searches: Partial<Record<SearchedArm, Omit<LoopInput, 'loop' | 'tag'>>>;
  /** searches of each such arm, on seeds of their own; repeats share them in turns */
  searchesEach: number;
  /** experiments of A+ in each cell; null: the plain loop's and those of the costliest search, shared out among the tasks */
  plus: number | null;
  found: SearchEnd[];
  ended: CellEnd[];
  /** why it stands still, of a run that was continued while it did */
  paused?: string;
  /** the class of each list of preferences, one for all arms; absent: not chosen yet, or nothing to choose */
  devices?: Record<string, ChosenDevice>;
}

/** Answer of the `ablationProgress` query, and with `stopped` the workflow's result. */
export interface AblationProgress {
  planned: number;
  searches: SearchEnd[];
  cells: CellEnd[];
  /** ids of the loops that run now */
  running: string[];
  /** why it stands still; absent while it goes on */
  paused?: string;
  /** why nothing more is begun; absent while it goes on */
  stopping?: string;
}

export interface AblationResult extends AblationProgress {
  /** null: every cell was run */
  stopped: string | null;
}
