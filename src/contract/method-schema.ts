import { z } from 'zod';
import { acceptanceSchema } from './acceptance-schema.js';
import { effect } from './units.js';

type Chosen<S> = S extends z.ZodDefault<infer Inner> ? Inner : S;

/** The same keys, none of them filled in: what a method leaves out stays as the task has it. */
const choosing = <Shape extends z.ZodRawShape>(
  shape: Shape,
): { [Key in keyof Shape]: z.ZodOptional<Chosen<Shape[Key]>> } =>
  Object.fromEntries(
    Object.entries(shape).map(([key, schema]) => [
      key,
      z.optional(schema instanceof z.ZodDefault ? schema.unwrap() : schema),
    ]),
  ) as { [Key in keyof Shape]: z.ZodOptional<Chosen<Shape[Key]>> };

const {
  // what guards against a rule that keeps noise is the task's
  falseKeeps: _falseKeeps,
  minEffect: _minEffect,
  ...rules
} = acceptanceSchema.unwrap().shape;

const share = z.number().min(0).max(1);
const weight = z.number().nonnegative();
const kinds = z.enum(['mutate', 'sweep', 'openai', 'command']);
const frozen = z
  .array(z.string().min(1))
  .describe('knobs that stay as they are: `train.py:lr`, or a file; * at the end stands for anything');

/** method/agent/agent.yaml: how models are asked. */
export const agentSchema = z.strictObject({
  models: z
    .array(z.strictObject({ name: z.string().min(1), weight: z.number().positive().default(1) }))
    .min(1)
    .optional()
    .describe('models by weight, instead of those of the task'),
  temperature: z.number().min(0).max(2).optional(),
  history: z.number().int().min(0).max(400).optional().describe('past experiments shown'),
  attempts: z.number().int().min(1).max(10).optional().describe('how often a malformed answer is re-asked'),
  maxOutputTokens: z.number().int().positive().optional().describe('for one answer'),
  context: z
    .strictObject({
      keeps: z.number().int().min(0).max(10).default(3).describe('diffs of the best keeps shown'),
      crashes: z.number().int().min(0).max(10).default(2).describe('outputs of failed runs shown'),
      failures: z.boolean().default(true).describe('whether it is told what was tried and not kept'),
    })
    .prefault({})
    .describe('what a model is shown beside the files'),
});

/** method/data/data.yaml: what an outer loop trains on. */
export const dataSchema = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        task: z.string().min(1).describe('folder of a task, from the root of the repository'),
        weight: z.number().positive().default(1).describe('how much its gain counts among the others'),
        seeds: z
          .array(z.number().int().nonnegative())
          .min(1)
          .optional()
          .describe('default: that of the task'),
      }),
    )
    .default([])
    .describe('training tasks'),
});

/** method/objective/objective.yaml: what a gain has to be worth. */
export const objectiveSchema = z.strictObject({
  minEffect: effect.optional().describe('smallest gain that counts, e.g. 0.001 or 0.5%'),
  constraints: z
    .strictObject({
      maxChangedLines: z.number().int().positive().optional().describe('lines that one proposal may change'),
      newFiles: z.boolean().default(true).describe('whether a proposal may add files'),
    })
    .prefault({}),
  limits: z
    .array(
      z
        .strictObject({
          metric: z.string().min(1).describe('another metric that the evaluator prints, e.g. latency_ms'),
          max: z.number().optional(),
          min: z.number().optional(),
        })
        .refine(({ max, min }) => max !== undefined || min !== undefined, 'give max or min'),
    )
    .default([])
    .describe('a candidate beyond them is not kept'),
  approval: z.boolean().optional().describe('true: a person approves each keep'),
});

const exploration = z.strictObject({
  edits: z.number().int().min(1).max(8).optional().describe('mutate: literals changed at once, at most'),
  weights: z
    .partialRecord(kinds, weight)
    .optional()
    .describe('share of the proposals by kind of proposer, of those that the task has; 0: never'),
});

/** method/process/process.yaml: how the search goes. */
export const processSchema = z.strictObject({
  acceptance: z.strictObject(choosing(rules)).optional().describe('when a candidate is kept'),
  exploration: exploration.optional(),
  freeze: frozen.default([]),
  batch: z.number().int().min(1).max(64).optional().describe('proposals made at once'),
  ahead: z.number().int().min(0).max(256).optional().describe('proposals made ahead of the devices'),
  stale: z.enum(['rebase', 'measure']).optional(),
  memory: z
    .strictObject({
      enabled: z.boolean().default(true),
      lessons: z.number().int().min(0).max(50).default(5).describe('lessons of other loops shown, at most'),
    })
    .optional(),
  restarts: z
    .strictObject({
      after: z.number().int().positive().describe('experiments without a keep'),
      from: z.enum(['baseline', 'elites']).default('elites'),
    })
    .optional()
    .describe('where proposals start from while nothing is kept'),
  stop: z.strictObject({ plateau: z.number().int().positive().optional() }).optional(),
  schedule: z
    .array(
      z.strictObject({
        until: share.describe('share of the experiments up to which this holds'),
        exploration: exploration.optional(),
        freeze: frozen.optional(),
        temperature: z.number().min(0).max(2).optional(),
      }),
    )
    .default([])
    .describe('what changes as the budget is used up; the first phase that is not over holds'),
});

export type AgentSection = z.output<typeof agentSchema>;
export type DataSection = z.output<typeof dataSchema>;
export type ObjectiveSection = z.output<typeof objectiveSchema>;
export type ProcessSection = z.output<typeof processSchema>;

/** A method's files that hold keys, by their place in its folder. */
export const METHOD_SCHEMAS = {
  'agent/agent.yaml': agentSchema,
  'data/data.yaml': dataSchema,
  'objective/objective.yaml': objectiveSchema,
  'process/process.yaml': processSchema,
} as const;
