import { z } from 'zod';

const task = z.strictObject({
  folder: z.string().min(1).describe('folder with a task.yaml of level R0, from the folder of this file'),
  experiments: z
    .number()
    .int()
    .positive()
    .max(100_000)
    .default(30)
    .describe('budget of each child loop, beside its baseline'),
  target: z.number().describe("score that counts as 1, in units of the task's metric"),
  base: z
    .number()
    .optional()
    .describe("score that counts as 0; default: the unchanged artifact's, measured in each loop"),
});

/** What a loop of level 1 and up measures its candidates by. */
export const researchSchema = z.strictObject({
  tasks: z.array(task).min(1).max(32).describe('tasks that each candidate is tried on'),
  repeats: z
    .number()
    .int()
    .min(1)
    .max(32)
    .default(1)
    .describe('child loops of each task in one measurement, each on a seed of its own'),
  rescore: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('fresh runs of what a child loop kept: its own best score is the luck of a search'),
  parallel: z
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe(
      'child loops of one measurement at a time; default: for each class that their runs have one more than keep its devices busy',
    ),
});
