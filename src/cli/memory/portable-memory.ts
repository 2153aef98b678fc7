import { z } from 'zod';
import { EFFECTS, type Sighting, type StoredSighting } from '../../contract/lesson.js';
import { OUTCOMES } from '../../contract/outcome.js';
import { UserError } from '../../contract/user-error.js';

const text = z.string().max(400);
/** What the ledger's columns hold. */
const MOST = 2 ** 31 - 1;
const time = z.number().int().min(0).max(8.64e15);

const sightingSchema = z.object({
  loop: z.string().min(1).max(400),
  task: text.min(1),
  theme: text,
  effect: z.enum(EFFECTS),
  count: z.number().int().positive(),
  idea: text.min(1),
  evidence: text,
  outcome: z.enum(OUTCOMES),
  experiment: z.number().int().min(0).max(MOST),
  commit: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  level: text,
  epoch: z.number().int().min(1).max(MOST),
  evaluatorHash: text.nullable(),
  deviceClass: text.nullable(),
  rule: text.nullable(),
  firstAt: time,
  lastAt: time,
});

const portableSchema = z.strictObject({
  autolift: z.literal('memory'),
  v: z.literal(1),
  lessons: z.array(sightingSchema),
});

/** A memory as one file: what each loop saw of each idea. */
export const memoryText = (lessons: readonly StoredSighting[]): string =>
  `${JSON.stringify({ autolift: 'memory', v: 1, lessons }, null, 1)}\n`;

const parse = (content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
};

/** Reads what `memoryText` has written; ids are made anew, so that no file can pass one lesson off as another. */
export const readMemory = (content: string, file: string): Sighting[] => {
  const read = portableSchema.safeParse(parse(content));
  if (read.success) return read.data.lessons;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  throw new UserError(
    `this is no memory of autolift${where}`,
    file,
    'Import what `autolift memory export FILE` has written.',
  );
};
