import { z } from 'zod';

/** A study as it was saved: what else is in the file is left alone. */
export const noiseResultSchema = z.object({
  runs: z
    .array(
      z.object({
        deviceClass: z.string(),
        device: z.string(),
        seed: z.number().int().min(0),
        arm: z.union([z.literal(0), z.literal(1)]),
        status: z.string(),
        value: z.number().nullable(),
        detail: z.string(),
        seconds: z.number().min(0),
        startedAt: z.iso.datetime({ offset: true }),
      }),
    )
    .min(1),
  clones: z.array(z.object({ outcome: z.string(), reason: z.string(), runs: z.number().int().min(0) })),
});
