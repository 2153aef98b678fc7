import type { LoopSource } from './loop-source.js';
import type { Role } from './measurement.js';
import type { MethodInForce } from './method.js';
import type { Task } from './task-schema.js';

/** One task that a method is tried on: a loop of its own, with a budget that no method may change. */
export interface ResearchTask {
  task: Task;
  source: LoopSource;
  /** score that counts as u = 1, in units of the task's metric */
  target: number;
  /** score that counts as u = 0; null: the unchanged artifact's, measured in each loop */
  base: number | null;
}

/** How a loop of level 1 and up measures a candidate: by research on tasks, each in child loops. */
export interface Research {
  tasks: ResearchTask[];
  /** child loops of each task in one measurement, each on a seed of its own */
  repeats: number;
  /** fresh runs of what a child kept, and of its unchanged artifact; its own best score is the luck of a search */
  rescore: number;
  /** child loops of one measurement at a time */
  parallel: number;
}

/** The measurement of a loop above that a child loop belongs to. */
export interface Parent {
  loop: string;
  experiment: number;
  role: Role;
  index: number;
}

/** Fresh values of what a child ended with, in units of its metric; null: that run failed. */
export interface Rescored {
  incumbent: (number | null)[];
  baseline: (number | null)[];
}

/** A task as a method has it searched. */
export interface ProjectedTask {
  task: Task;
  method: MethodInForce;
}

/** What a method makes of the tasks of a study, in their order; or why it is no method. */
export type Projected =
  | {
      tasks: ProjectedTask[];
      /** options that its rule does not read, in words; absent: none */
      unread?: string[];
    }
  | { fault: string };
