import { z } from 'zod';
import { duration } from './units.js';

const command = z.string().min(1, 'is empty');

const mutate = z.strictObject({
  kind: z.literal('mutate'),
  weight: z.number().positive().default(1).describe('share of the proposals, against other proposers'),
  edits: z.number().int().min(1).max(8).default(1).describe('literals changed at once, at most'),
});

const price = z.strictObject({
  input: z.number().nonnegative(),
  cachedInput: z.number().nonnegative().optional(),
  output: z.number().nonnegative(),
});

const openai = z.strictObject({
  kind: z.literal('openai'),
  weight: z.number().positive().default(1).describe('share of the proposals, against other proposers'),
  model: z.string().optional().describe('default: $AUTOLIFT_MODEL'),
  models: z
    .array(z.strictObject({ name: z.string(), weight: z.number().positive().default(1) }))
    .min(1)
    .optional()
    .describe('several models, routed by weight'),
  temperature: z.number().min(0).max(2).optional(),
  maxOutputTokens: z.number().int().positive().default(8000).describe('for one answer'),
  history: z.number().int().nonnegative().default(20).describe('past experiments shown to the model'),
  timeout: duration.default(180).describe('longest time for one answer'),
  attempts: z.number().int().min(1).max(10).default(3).describe('how often a malformed answer is re-asked'),
  prices: z.record(z.string(), price).default({}).describe('dollars per million tokens, by model'),
});

const agent = z.strictObject({
  kind: z.literal('command'),
  weight: z.number().positive().default(1).describe('share of the proposals, against other proposers'),
  command: command.describe('agent program; gets AUTOLIFT_PROMPT_FILE and runs in a copy of the incumbent'),
  timeout: duration.default(600).describe('longest time for one proposal'),
  network: z.boolean().default(true).describe('whether the agent may use the network'),
  env: z.array(z.string()).default([]).describe('names of environment variables that it may see'),
});

const researcher = z.strictObject({
  kind: z.literal('research'),
  weight: z.number().positive().default(1).describe('share of the proposals, against other proposers'),
  from: z
    .enum(['model', 'catalogue'])
    .default('model')
    .describe(
      'who answers: a model, or without one the library of mechanisms and the grammar that composes it',
    ),
  model: openai.shape.model,
  models: openai.shape.models,
  temperature: openai.shape.temperature,
  maxOutputTokens: openai.shape.maxOutputTokens,
  timeout: openai.shape.timeout,
  prices: openai.shape.prices,
  repairs: z
    .number()
    .int()
    .min(0)
    .max(10)
    .default(3)
    .describe('rounds in which an answer or a mechanism that failed a gate may be mended, for one candidate'),
});

const sweep = z.strictObject({
  kind: z.literal('sweep'),
  weight: z.number().positive().default(1).describe('share of the proposals, against other proposers'),
  sampler: z
    .enum(['random', 'tpe', 'cmaes'])
    .default('tpe')
    .describe('who chooses the settings: chance, or Optuna by what was measured so far'),
  knobs: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('knobs to set: `train.py:lr`, a file, * stands for anything; default: all that mutate changes'),
  timeout: duration.default(120).describe('longest time for one proposal'),
});

/** task.yaml, `proposer`: who changes the files. */
export const proposerSchema = z.discriminatedUnion('kind', [mutate, openai, agent, sweep, researcher]);
