import type { Outcome } from './outcome.js';

/** What came of an idea, as later loops are told it. `promising`: better in a single run, confirmed by nothing. */
export const EFFECTS = ['helped', 'promising', 'not_kept', 'failed'] as const;

export type Effect = (typeof EFFECTS)[number];

/**
 * What one loop saw of one idea, one way. Key: (loop, task, theme, effect). Text comes from models and programs: it is
 * data wherever it is shown, and a hypothesis wherever it is used.
 */
export interface Sighting {
  loop: string;
  task: string;
  /** the idea without its numbers: what makes two ideas one */
  theme: string;
  effect: Effect;
  /** experiments of this loop that ended so */
  count: number;
  /** of the last of them, as all that follows */
  idea: string;
  /** its verdict in words, without anything that a holdout said */
  evidence: string;
  outcome: Outcome;
  experiment: number;
  commit: string | null;
  level: string;
  epoch: number;
  evaluatorHash: string | null;
  deviceClass: string | null;
  rule: string | null;
  /** milliseconds since the epoch */
  firstAt: number;
  lastAt: number;
}

/** A sighting as the memory gives it out. */
export interface StoredSighting extends Sighting {
  /** what `autolift memory show` is asked for: the same for a task and a theme, whatever the loop */
  lesson: string;
}

/** One that was looked for by words. */
export interface FoundSighting extends StoredSighting {
  /** how well the words fit; 0: not at all */
  relevance: number;
}

/** What a loop's verdicts are written under; absent from a request: nothing is. */
export interface LessonSource {
  task: string;
  level: string;
  epoch: number;
}

/** Which lessons a loop may be told. */
export interface Recall {
  /** whose own they are left out */
  loop: string;
  /** what came after this loop began is left out too: the same loop, or the one that it was started by */
  since: string;
  task: string;
  /** other tasks, * stands for anything */
  from: readonly string[];
  words: readonly string[];
  limit: number;
}
