import { z } from 'zod';
import { RUN_STATUSES } from './outcome.js';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

export const blobSchema = z.strictObject({
  sha256,
  bytes: z.number().int().nonnegative(),
  mediaType: z.string(),
});

/** A command with its limits; seconds and bytes. */
const commandSchema = z.strictObject({
  command: z.string().min(1),
  timeoutSeconds: z.number().positive(),
});

/**
 * One measured run, as the device worker gets it: check out `commit`, run the command, then score what it
 * left with the evaluator of `evaluator.commit`. The key makes a retried activity recognisable.
 */
export const runRequestSchema = z.strictObject({
  v: z.literal(1),
  key: z.string().min(1).describe('unique: <loop>/<experiment>/<role>/<index>'),
  source: z.strictObject({
    remote: z.string().min(1).describe('path or URL of the git repository'),
    prefix: z.string().describe('folder of the task inside it, "" for the root'),
    commit,
  }),
  role: z.enum(['baseline', 'candidate', 'incumbent']),
  seed: z.number().int().nonnegative(),
  device: z.string().min(1),
  loop: z
    .strictObject({ id: z.string().min(1), concurrency: z.number().int().min(1) })
    .nullable()
    .default(null)
    .describe('whose run this is, and how many devices of one host its runs may hold at a time'),
  run: commandSchema.extend({
    budgetSeconds: z.number().positive(),
    memoryBytes: z.number().int().positive().nullable(),
    network: z.boolean(),
    env: z.record(z.string(), z.string()),
    read: z.array(z.string()),
    hide: z.array(z.string()),
  }),
  metric: z.strictObject({
    name: z.string().min(1),
    file: z.string().nullable(),
    key: z.string().nullable(),
  }),
  evaluator: commandSchema
    .extend({
      commit,
      hash: sha256.describe('of command and protected files; the worker recomputes it'),
    })
    .nullable()
    .describe('null: the metric that the candidate itself reports is taken'),
  editable: z.array(z.string()).describe('globs: everything else in the checkout is protected'),
  hidden: z.array(z.string()).describe("globs: left out of the candidate's checkout"),
  taskFolder: z.string().nullable().describe('working folder of the user, source of run.read, else masked'),
  trustClaims: z.boolean().describe('false: a METRIC line that contradicts the evaluator is tampering'),
  guards: z
    .array(commandSchema)
    .describe('run after a successful measurement; empty while a keep is unlikely'),
});

/** What a run came to. A failed candidate is a report, not an error. */
export const runReportSchema = z.strictObject({
  v: z.literal(1),
  key: z.string(),
  status: z.enum(RUN_STATUSES),
  value: z.number().nullable().describe('the metric; null unless status is ok (or guard_failed, tampered)'),
  origin: z
    .enum(['measured', 'reported'])
    .describe('by the protected evaluator, or as printed by the candidate'),
  metrics: z.record(z.string(), z.number()).describe('every other finite metric'),
  detail: z.string().max(500).describe('one sentence: what happened'),
  tail: z.string().max(4000).describe('end of the output, control characters removed'),
  log: blobSchema.nullable(),
  evaluatorLog: blobSchema.nullable(),
  seconds: z.strictObject({
    prepare: z.number().nonnegative(),
    run: z.number().nonnegative(),
    measure: z.number().nonnegative(),
    guards: z.number().nonnegative(),
  }),
  peakMemoryBytes: z.number().int().nonnegative(),
  exitCode: z.number().int().nullable(),
  device: z.strictObject({
    class: z.string(),
    name: z.string(),
    id: z.string(),
    host: z.string(),
    python: z.string().optional().describe('version of the Python that python3 is there'),
  }),
  sandbox: z.enum(['bwrap', 'none']),
  evaluatorHash: sha256.nullable(),
  tampering: z.array(z.string()).describe('each detected attempt in words'),
  notes: z.array(z.string()),
  startedAt: z.string().describe('ISO 8601, UTC'),
});

/** What a heartbeat of a run carries: a hint for whoever watches, never a decision. */
export const runProgressSchema = z.strictObject({
  key: z.string(),
  phase: z.enum(['waiting', 'prepare', 'run', 'measure', 'guards']),
  elapsedSeconds: z.number(),
  memoryBytes: z.number(),
  lastLines: z.array(z.string()).describe('last metric-like lines of the output'),
});

export type RunRequest = z.output<typeof runRequestSchema>;
export type RunReport = z.output<typeof runReportSchema>;
export type RunProgress = z.output<typeof runProgressSchema>;
