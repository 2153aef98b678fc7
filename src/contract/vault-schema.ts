import { z } from 'zod';
import { bytes, duration } from './units.js';

/** A generator that guards its tail says `pays` on no fewer pairs. */
export const PAYING_PAIRS = 30;

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use lower-case letters, digits, dots and dashes');
const command = z.string().min(1, 'is empty');
const common = {
  name: slug.describe('as a task names it'),
  version: slug.describe('a changed vault is a new version with a new budget'),
  task: slug.describe('the only task that may ask'),
  score: command.describe("task.yaml's holdout.command, word for word; prints the score"),
  candidate: command.describe(
    'runs the candidate in a fresh checkout, which the scorer then reads as AUTOLIFT_CANDIDATE',
  ),
  metric: z.strictObject({ name: z.string().min(1), direction: z.enum(['minimize', 'maximize']) }),
  eps: z.number().nonnegative().default(0).describe('smallest gain that pays, in units of the metric'),
  timeout: duration.default(60).describe('of one run of the candidate, and of one of the scorer'),
  memory: bytes.default(2 * 1024 ** 3).describe('address space of one run'),
  read: z
    .array(z.string().startsWith('/'))
    .default([])
    .describe('more of the machine that a candidate needs'),
  unit: z
    .number()
    .positive()
    .optional()
    .describe(
      'a gain that is worth 1, from the base to the target, in units of the metric: claims and answers are compared in it',
    ),
  claimUnit: z
    .number()
    .positive()
    .optional()
    .describe("the same in units of the task's own metric; default: unit"),
  canaries: z
    .array(z.string().min(12, 'a token of fewer than 12 characters could be there by accident'))
    .max(100)
    .default([])
    .describe('tokens of what the vault holds: a candidate that has one knows it, and the version is burnt'),
  answerAfter: duration
    .default(600)
    .describe('every answer comes this long after its question, or a whole multiple of it'),
};
const budget = { queries: z.number().int().positive(), passes: z.number().int().positive() };

const drawn = z.strictObject({
  ...common,
  kind: z.literal('generator'),
  generate: command.optional().describe('writes AUTOLIFT_INPUTS and AUTOLIFT_TRUTH from AUTOLIFT_SEED'),
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  pairs: z
    .strictObject({
      least: z.number().int().min(2).default(30),
      most: z.number().int().min(2).max(1000).default(60),
    })
    .refine(({ least, most }) => least <= most, 'ask for more pairs at least than at most: no gain could pay')
    .prefault({}),
  worst: z
    .number()
    .optional()
    .describe('a pair below this gain forbids `pays`; default: eight times the typical difference'),
  tail: z
    .enum(['guarded', 'open'])
    .default('guarded')
    .describe('guarded: `pays` on 30 pairs and more, and on no loss far beyond what is typical'),
  budget: z
    .strictObject({ queries: budget.queries.default(1000), passes: budget.passes.default(1000) })
    .prefault({}),
});

const generator = drawn.refine(({ tail, pairs }) => tail === 'open' || pairs.most >= PAYING_PAIRS, {
  path: ['pairs'],
  message: `allow at least ${PAYING_PAIRS} pairs (most), or say \`tail: open\`: on fewer no gain could pay`,
});

const suite = z.strictObject({
  ...common,
  kind: z.literal('suite'),
  instances: z.string().default('instances').describe('folder with a folder an instance: inputs/, truth/'),
  mechanism: z.enum(['ladder-free', 'thresholdout']).default('ladder-free'),
  z: z.number().positive().default(2).describe('ladder-free: standard errors that a gain must pass'),
  threshold: z.number().positive().default(0.04).describe('thresholdout: T, in units of the metric'),
  noise: z.number().positive().default(0.01).describe('thresholdout: scale of its noise'),
  budget: z
    .strictObject({ queries: budget.queries.default(32), passes: budget.passes.default(8) })
    .prefault({}),
});

const reserve = z.strictObject({
  ...common,
  kind: z.literal('reserve'),
  instances: z.string().default('instances'),
});

/** vault.yaml, beside what it guards. */
export const vaultSchema = z.discriminatedUnion('kind', [generator, suite, reserve]);
export type Vault = z.output<typeof vaultSchema>;

/** steward.yaml of the steward's own folder. */
export const stewardSchema = z.strictObject({
  withoutSandbox: z
    .enum(['refuse', 'run'])
    .default('refuse')
    .describe('without bubblewrap a candidate could read the vault: run it all the same?'),
  vaults: z
    .record(slug, z.string().startsWith('/'))
    .default({})
    .describe('vaults that lie elsewhere, by name'),
});
export type StewardConfig = z.output<typeof stewardSchema>;

const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** A question as it arrives: whoever reaches the server can send anything. */
export const holdoutQuerySchema = z.strictObject({
  v: z.literal(1),
  loop: z.string().min(1).max(200),
  experiment: z.number().int().nonnegative(),
  kind: z.enum(['keep', 'promotion', 'rent', 'final']),
  task: z.string().max(100),
  vault: z.string().max(100),
  command: z.string().max(10_000),
  repository: z.string().startsWith('/').max(4096),
  prefix: z.string().max(4096),
  candidate: commit,
  incumbent: commit,
  claimed: z.number().nullable(),
  claimedError: z.number().nonnegative().optional(),
  level: z.number().int().min(0).max(4).optional(),
});

/** What is asked before a loop begins. */
export const vaultProbeSchema = holdoutQuerySchema.pick({ v: true, task: true, vault: true, command: true });

export const keepNoteSchema = z.strictObject({
  v: z.literal(1),
  loop: z.string().min(1).max(200),
  experiment: z.number().int().nonnegative(),
  kind: z.enum(['keep', 'promote']),
  candidate: commit,
  records: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(1000),
});
