import { z } from 'zod';

const SECONDS: Record<string, number> = { ms: 1e-3, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };
const BYTES: Record<string, number> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
  TiB: 1024 ** 4,
};

const quantity = (units: Record<string, number>, example: string) =>
  z.union([z.number().positive(), z.string()]).transform((input, ctx): number => {
    if (typeof input === 'number') return input;
    const match = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*$/.exec(input);
    const factor = match?.[2] === undefined ? undefined : units[match[2]];
    if (match?.[1] === undefined || factor === undefined || Number(match[1]) <= 0) {
      ctx.addIssue({ code: 'custom', message: `"${input}" is not a quantity; write it like ${example}` });
      return z.NEVER;
    }
    return Number(match[1]) * factor;
  });

/** "90s", "5m", "1.5h" or a number of seconds → seconds. */
export const duration = quantity(SECONDS, '90s, 5m or 8h');

/** "512MiB", "2GB" or a number of bytes → bytes. */
export const bytes = quantity(BYTES, '512MiB or 2GB');

/** 0.001 (in units of the metric) or "0.5%" (of the incumbent's score). */
export const effect = z.union([z.number().nonnegative(), z.string()]).transform((input, ctx) => {
  if (typeof input === 'number') return { value: input, relative: false };
  const match = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(input);
  if (match?.[1] === undefined) {
    ctx.addIssue({ code: 'custom', message: `"${input}" is not an effect; write it like 0.001 or 0.5%` });
    return z.NEVER;
  }
  return { value: Number(match[1]) / 100, relative: true };
});
