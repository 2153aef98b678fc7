import { z } from 'zod';

/** What a run's Python imports before it is let go. */
export const warmSchema = z.strictObject({
  imports: z
    .array(
      z
        .string()
        .max(100)
        .regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/, 'use names of modules, like torch'),
    )
    .min(1)
    .max(32)
    .describe('modules of the interpreter, never of the checkout'),
});

/** Of a run whose task wants it warm: how it was started. */
export const startFactsSchema = z.strictObject({
  warm: z.boolean(),
  why: z.string().nullish().describe('it was started cold'),
  importSeconds: z.number().nonnegative().nullish().describe('not charged to the run'),
  startupSeconds: z
    .number()
    .nonnegative()
    .nullish()
    .describe('from the go until its Python went on to the script'),
});
