import { z } from 'zod';

/** task.yaml, `memory`: what a loop is told of those before it, and what it leaves to those after it. */
export const memorySchema = z.union([
  z.literal('off'),
  z.strictObject({
    read: z.boolean().default(true).describe('whether prompts hold lessons of earlier loops'),
    write: z.boolean().default(true).describe('whether verdicts become lessons for later loops'),
    halfLifeDays: z.number().positive().default(30).describe('days after which a lesson weighs half'),
    from: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe('names of the tasks whose lessons are read, * stands for anything; default: this task alone'),
  }),
]);

export type MemorySetting = z.output<typeof memorySchema>;
