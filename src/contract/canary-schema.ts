import { z } from 'zod';

const changed = z
  .string()
  .min(1)
  .describe('a folder of files that replace the same ones of the task, or a .patch; left out of candidates');
const inMetric = 'in units of the metric';

/** An artifact whose worth is known, and what the evaluator must say of it. */
export const canarySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-op') }),
  z.strictObject({
    kind: z.literal('known-bad'),
    path: changed,
    expect: z.number().optional().describe(`it must not beat this, ${inMetric}; default: the baseline`),
  }),
  z.strictObject({
    kind: z.literal('known-good'),
    path: changed,
    expect: z.number().optional().describe(`it must beat this, ${inMetric}; default: the baseline`),
  }),
  z.strictObject({
    kind: z.literal('impossible'),
    path: changed,
    expect: z.number().describe(`the best that is possible, ${inMetric}`),
  }),
]);

export type Canary = z.output<typeof canarySchema>;
