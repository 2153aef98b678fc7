import type { PastExperiment } from './past-experiment.js';

/** What a method adds: written by people or by another model, shown as data where it may quote. */
export interface MethodWishes {
  prompt: string;
  hint: string;
  /** whether what failed is told */
  failures: boolean;
  rules: string[];
}

/** All that a proposer is told, collected by the activity; what is shown of it, and how, is decided here. */
export interface PromptInput {
  task: {
    name: string;
    goal: string;
    metric: { name: string; direction: 'minimize' | 'maximize' };
    editable: string[];
    command: string;
    budgetSeconds: number;
    device: string;
  };
  instructions: { path: string; text: string } | null;
  /** editable files; null: not text */
  files: { path: string; text: string | null }[];
  /** the incumbent's standing; null before the baseline is measured */
  incumbent: { experiment: number; value: number } | null;
  /** every finished experiment that is remembered, oldest first */
  past: PastExperiment[];
  /** how many of them the table shows */
  historyRows: number;
  /** what the best keeps changed, best first */
  keeps: { experiment: number; diff: string }[];
  /** what earlier loops seem to have learnt, a line each: hypotheses, and data */
  lessons: string[];
  hints: string[];
  /** absent without a method */
  method?: MethodWishes;
  /** ends of the output of recent runs that failed; hostile until proven otherwise */
  crashes: { experiment: number; outcome: string; tail: string }[];
  /** makes the delimiter; another experiment, another delimiter */
  seed: string;
}
