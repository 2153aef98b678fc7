import { z } from 'zod';
import { acceptanceSchema } from './acceptance-schema.js';
import { canarySchema } from './canary-schema.js';
import { LIFT_LEVELS } from './lift-level.js';
import { memorySchema } from './memory-schema.js';
import { proposerSchema } from './proposer-schema.js';
import { researchSchema } from './research-schema.js';
import { checkpointSchema, divergenceSchema, earlyStopSchema } from './training-schema.js';
import { bytes, duration } from './units.js';
import { warmSchema } from './warm-schema.js';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use lower-case letters, digits, dots and dashes');
const command = z.string().min(1, 'is empty');
const glob = z.string().min(1);

const metric = z.strictObject({
  name: z.string().min(1).describe('the metric that decides, as it is printed'),
  direction: z.enum(['minimize', 'maximize']).describe('which values are better'),
  file: z.string().optional().describe('read it from this JSON file instead of the output'),
  key: z.string().optional().describe('dotted path of the value in that file; default: the name'),
});

const run = z.strictObject({
  command: command.describe('shell command, run in a fresh checkout of the candidate'),
  device: z
    .union([slug, z.array(slug).min(1)])
    .default('cpu')
    .describe('device class, or several in order of preference'),
  onMissingDevice: z
    .enum(['wait', 'next'])
    .optional()
    .describe(
      'when nobody serves the chosen class any more: wait for it (the default), or go on to the next preferred one, ' +
        'as long as no baseline is measured',
    ),
  devices: z
    .number()
    .int()
    .min(1)
    .max(256)
    .optional()
    .describe('how many devices of one host a run holds at once, told to it as AUTOLIFT_DEVICES; default: 1'),
  budget: duration.default(60).describe('what the candidate may use; it gets it as AUTOLIFT_BUDGET_SECONDS'),
  timeout: duration
    .optional()
    .describe('then its whole process tree is killed; default: twice the budget + 10s'),
  memory: bytes.optional().describe('resident memory of the whole process tree, e.g. 2GiB'),
  network: z.boolean().default(false).describe('whether the candidate may use the network'),
  env: z.record(z.string(), z.string()).default({}).describe('extra environment variables'),
  read: z
    .array(z.string())
    .default([])
    .describe('untracked paths to link into the checkout (.venv) or the fresh home (~/.cache/data)'),
  hide: z
    .array(z.string())
    .default([])
    .describe("absolute paths or globs the candidate must not read; {stdlib} is Python's library"),
  divergence: divergenceSchema.optional(),
  checkpoint: checkpointSchema.optional(),
  earlyStop: earlyStopSchema.optional(),
  warm: warmSchema
    .optional()
    .describe(
      "imports made in the run's own sandbox before its clock begins; its command is a plain `python3 script.py`",
    ),
});

const measure = z.strictObject({
  command: command
    .optional()
    .describe("the protected evaluator; without it the run's own output is believed"),
  timeout: duration.default(300).describe('longest time for the evaluator'),
  metric: metric.describe('what decides'),
  hidden: z.array(glob).default([]).describe('files that only the evaluator sees'),
});

const holdout = z.strictObject({
  vault: z.string().min(1).describe('name of a vault of the steward: a plain name, no path'),
  command: command.describe("the vault's scorer, word for word as the vault pins it"),
  rent: z
    .number()
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe(
      'keeps after which the holdout is asked whether they pay together, else they are taken back; 0: never; ' +
        'default: 3 at level R1 and above, 0 at R0',
    ),
});

const data = z.strictObject({
  files: z.array(glob).min(1).describe('globs of editable data: JSON lines, or CSV with a header'),
  anchor: z.string().min(1).describe('protected file of real items, of the same form'),
  descriptor: z.string().min(1).describe('field to compare by: a number, or a text by its length'),
  real: z.string().min(1).optional().describe('field that marks the real items among the data'),
});

const budget = z.strictObject({
  experiments: z.number().int().positive().optional().describe('experiments beside the baseline'),
  wallClock: duration.optional().describe('e.g. 8h; time spent paused is not counted'),
  deviceHours: z
    .number()
    .positive()
    .optional()
    .describe('hours that devices are held; n devices at once count n times'),
  dollars: z.number().positive().optional().describe('spent on models'),
  tokens: z.number().int().positive().optional().describe('read and written by models'),
});

const stop = z
  .strictObject({
    target: z.number().optional().describe('stop when the incumbent is at least this good'),
    plateau: z.number().int().positive().optional().describe('stop after so many experiments without a keep'),
  })
  .prefault({});

const transfer = z.strictObject({
  to: z.union([slug, z.array(slug).min(1)]).describe('device classes to measure on'),
  at: z
    .enum(['final', 'every-promotion'])
    .default('final')
    .describe('once the loop has ended, everything that it kept; or each change as soon as it stands'),
  pairs: z.number().int().min(3).max(200).default(10).describe('seeds, each a run of every artifact'),
});

/** task.yaml: every key, validated; unknown keys are errors. Durations become seconds, sizes bytes. */
export const taskSchema = z.strictObject({
  name: slug.describe('names the loop, with its tag'),
  goal: z.string().default('').describe('one sentence, for people and proposers'),
  level: z
    .enum(LIFT_LEVELS)
    .default('R0')
    .describe(
      'what is researched: R0 the artifact; R1 to R4 a section of method/ (agent, data, objective, process), ' +
        'which then holds all that is editable',
    ),
  editable: z.array(glob).min(1).describe('globs; a proposal that touches anything else is refused'),
  instructions: z.string().optional().describe('file that tells the proposer what to do'),
  run: run.describe('how a candidate is run'),
  measure: measure.describe('how a run is scored'),
  research: researchSchema
    .optional()
    .describe('levels R1 to R4: a candidate is measured by loops on these tasks, instead of run and measure'),
  guards: z
    .array(z.strictObject({ command, timeout: duration.default(300) }))
    .default([])
    .describe('commands that must pass for a keep, e.g. tests'),
  data: data.optional().describe('the artifact is data: a candidate whose data has collapsed is not run'),
  canaries: z
    .array(canarySchema)
    .min(1)
    .optional()
    .describe(
      'artifacts whose worth is known, scored before the loop starts; the unchanged one is always among them',
    ),
  holdout: holdout
    .optional()
    .describe('what only the steward reads: it says whether a gain is one there too'),
  validate: z
    .enum(['every-keep', 'every-promotion', 'final'])
    .optional()
    .describe(
      'when the holdout is asked; default: every-keep, under branch+promote every-promotion: ' +
        'there every-keep asks for each provisional change too',
    ),
  transfer: transfer
    .optional()
    .describe('what was kept is measured on other device classes too, beside the loop and after it'),
  proposer: z
    .union([proposerSchema, z.array(proposerSchema).min(1)])
    .default({ kind: 'mutate', weight: 1, edits: 1 })
    .describe(
      'who changes the files: mutate or sweep (no model), openai, command, research (level R4); or several by weight',
    ),
  acceptance: acceptanceSchema.describe('when a candidate is kept'),
  memory: memorySchema
    .optional()
    .describe(
      'lessons of earlier loops, in prompts and for later ones; default: read and written; off: neither',
    ),
  budget: budget.default({ experiments: 100 }).describe('what may be spent, whichever ends first'),
  stop: stop.describe('when to end early'),
  concurrency: z.number().int().min(1).max(256).default(1).describe('experiments at a time'),
  priority: z
    .number()
    .int()
    .min(1)
    .max(5)
    .optional()
    .describe('of its runs where loops share devices: 1 goes first, 5 last; default: 3'),
  remote: z
    .string()
    .min(1)
    .optional()
    .describe(
      "git remote that device hosts fetch candidates from: a URL, user@host:path, an absolute path, or the name of one of the repository's remotes; " +
        'default: AUTOLIFT_GIT_REMOTE, else the repository itself',
    ),
  ahead: z
    .number()
    .int()
    .min(0)
    .max(256)
    .optional()
    .describe('proposals made ahead; default: as many as the devices use up meanwhile'),
  stale: z
    .enum(['rebase', 'measure'])
    .default('rebase')
    .describe('a waiting proposal whose base is no longer the incumbent: carried over, or measured as it is'),
  approval: z.boolean().default(false).describe('a person approves each keep'),
  maxFileSize: bytes.default(1024 * 1024).describe('largest file that a proposal may write'),
  seed: z.number().int().nonnegative().default(1).describe('of everything random; runs get AUTOLIFT_SEED'),
});

export type Task = z.output<typeof taskSchema>;
export type Proposer = z.output<typeof proposerSchema>;
export type Acceptance = Task['acceptance'];
export type { Canary } from './canary-schema.js';
export type Budget = Task['budget'];
export type TaskData = NonNullable<Task['data']>;
export type Holdout = NonNullable<Task['holdout']>;
export type MetricSpec = Task['measure']['metric'];
export const budgetSchema = budget;
export { proposerSchema };
