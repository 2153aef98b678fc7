import { z } from 'zod';
import { CURVE_CELLS } from './course-limits.js';
import { bytes, duration } from './units.js';

/** `run.divergence`: when a loss that is still a number ends its run. */
export const divergenceSchema = z
  .strictObject({
    above: z.number().optional().describe('a loss above this'),
    times: z.number().gt(1).optional().describe('a loss over so many times the lowest one of the run'),
    reports: z.number().int().min(1).max(1000).default(3).describe('PROGRESS lines in a row that say so'),
  })
  .refine(({ above, times }) => above !== undefined || times !== undefined, 'needs `above`, `times` or both')
  .describe('a run whose PROGRESS lines tell of such a loss is ended at once, as `diverged`');

/** `run.checkpoint`: what a later attempt of a run may go on from. */
export const checkpointSchema = z
  .union([
    z.string().min(1),
    z.strictObject({
      path: z.string().min(1).describe('file, folder or glob that its checkpoints match'),
      every: duration.default(60).describe('one is stored no more often than this'),
      maxSize: bytes.default(2 * 1024 ** 3).describe('larger ones are not stored'),
    }),
  ])
  .transform((given) =>
    typeof given === 'string' ? { path: given, every: 60, maxSize: 2 * 1024 ** 3 } : given,
  )
  .describe(
    'a file that a PROGRESS line calls complete is stored; a run that dies with its host goes on from the newest, ' +
      'elsewhere, told as AUTOLIFT_RESUME_FROM',
  );

/** `run.earlyStop`: when a candidate's first run is given up. */
export const earlyStopSchema = z
  .strictObject({
    after: z
      .number()
      .min(0)
      .max(1)
      .default(0.3)
      .describe('share of the budget before which nothing is stopped'),
    margin: z
      .number()
      .nonnegative()
      .default(0.1)
      .describe("how far behind the incumbent's loss at equal time is too far, as a share of it"),
    cells: z
      .number()
      .int()
      .min(1)
      .max(CURVE_CELLS)
      .default(3)
      .describe('fortieths of the budget in a row that it must be behind in'),
    spare: z
      .number()
      .min(0)
      .max(1)
      .default(0.1)
      .describe('share of such runs that go on to their end: how often the rule is wrong is seen there'),
  })
  .describe(
    "a candidate hopelessly behind the incumbent's learning curve is discarded before its run ends; off if absent",
  );
