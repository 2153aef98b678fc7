import { z } from 'zod';
import { CURVE_CELLS, MOST_ATTEMPTS } from './course-limits.js';
import { RUN_STATUSES } from './outcome.js';
import { startFactsSchema, warmSchema } from './warm-schema.js';

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

const mean = z.number().nullable();

/** Mean loss of each fortieth of the budget, as far as a run came; null where it told none. */
const curveSchema = z.array(mean).max(CURVE_CELLS);

/** What a worker does about the PROGRESS lines of a run while it goes on. */
const watchSchema = z.strictObject({
  divergence: z
    .strictObject({
      above: z.number().nullable(),
      times: z.number().gt(1).nullable(),
      reports: z.number().int().min(1),
    })
    .nullish()
    .describe('ended as `diverged` once so many reports in a row are past a bound'),
  checkpoint: z
    .strictObject({
      path: z.string().min(1).describe('glob: a file that a run names and that matches is kept'),
      everySeconds: z.number().positive(),
      maxBytes: z.number().int().positive(),
    })
    .nullish(),
  earlyStop: z
    .strictObject({
      after: z.number().min(0).max(1),
      margin: z.number().nonnegative(),
      cells: z.number().int().min(1),
      incumbent: curveSchema.describe('of the same device class; empty: nothing is stopped'),
      spare: z.boolean().describe('the run is not stopped, and says that it would have been'),
    })
    .nullish()
    .describe('also asks for the curve in the report'),
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
  devices: z.number().int().min(1).default(1).describe('how many of them the run holds at once'),
  loop: z
    .strictObject({ id: z.string().min(1), concurrency: z.number().int().min(1) })
    .nullable()
    .default(null)
    .describe('whose run this is, and how many of its runs may hold devices of one host at a time'),
  run: commandSchema.extend({
    budgetSeconds: z.number().positive(),
    memoryBytes: z.number().int().positive().nullable(),
    network: z.boolean(),
    env: z.record(z.string(), z.string()),
    read: z.array(z.string()),
    hide: z.array(z.string()),
    warm: warmSchema.nullish(),
  }),
  watch: watchSchema
    .nullish()
    .describe('absent: PROGRESS lines are shown, and a loss that is no number ends it'),
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

const count = z.number().int().nonnegative();

/** What a measurement rested on, as far as the device tells it; of several devices, the slowest and the fullest. */
const deviceFactsSchema = z.strictObject({
  memoryBytes: count.nullish().describe('memory of one device'),
  peakDeviceMemoryBytes: count.nullish().describe('the most that the run was seen to hold of it'),
  driver: z.string().nullish(),
  cuda: z.string().nullish().describe('the newest version of CUDA that the driver can run'),
  serial: z.string().nullish(),
  clocks: z
    .strictObject({
      sm: count.nullish(),
      smMax: count.nullish(),
      memory: count.nullish(),
      memoryMax: count.nullish(),
    })
    .nullish()
    .describe('MHz, under load'),
  throttle: z.array(z.string()).optional().describe('what slowed it while the run had it'),
  powerLimitWatts: z.number().nonnegative().nullish(),
  libraries: z
    .record(z.string(), z.string())
    .optional()
    .describe("versions of frameworks that the run's Python finds"),
  start: startFactsSchema.nullish().describe('where the task wants warm starts'),
});

const attemptSchema = z.strictObject({
  host: z.string(),
  device: z.string(),
  seconds: z.number().nonnegative().describe('that it held its devices, as far as was heard'),
  step: count.nullish(),
});

/** How a run went, beside what it came to. */
const courseSchema = z.strictObject({
  step: count.nullish().describe('the last that it told'),
  loss: z.number().nullish(),
  tokensPerSecond: z.number().nonnegative().nullish(),
  curve: curveSchema.nullish(),
  attempt: z
    .number()
    .int()
    .positive()
    .nullish()
    .describe('which try of this one run it was; absent: the first'),
  earlier: z
    .array(attemptSchema)
    .max(MOST_ATTEMPTS)
    .optional()
    .describe('tries that held devices and ended with their host'),
  resumedAt: z
    .number()
    .nonnegative()
    .nullish()
    .describe('seconds of the budget that its checkpoint had used'),
  spared: z.string().nullish().describe('why it would have been stopped early'),
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
    environment: z
      .string()
      .optional()
      .describe(
        'hash of the programs and packages that the evaluator ran with, a blob lists them; "" for none',
      ),
    facts: deviceFactsSchema.nullish(),
  }),
  sandbox: z.enum(['bwrap', 'none']),
  evaluatorHash: sha256.nullable(),
  tampering: z.array(z.string()).describe('each detected attempt in words'),
  notes: z.array(z.string()),
  startedAt: z.string().describe('ISO 8601, UTC'),
  course: courseSchema.nullish(),
});

/** What a heartbeat of a run carries: a hint for whoever watches, never a decision. */
export const runProgressSchema = z.strictObject({
  key: z.string(),
  phase: z.enum(['waiting', 'prepare', 'run', 'measure', 'guards']),
  elapsedSeconds: z.number(),
  memoryBytes: z.number(),
  lastLines: z.array(z.string()).describe('last metric-like lines of the output'),
  step: count.nullish(),
  loss: z.number().nullish().describe('absent where it is no number'),
  tokensPerSecond: z.number().nonnegative().nullish(),
  deviceMemoryBytes: count.nullish(),
  checkpoint: z
    .strictObject({
      blob: blobSchema,
      path: z.string().min(1),
      seconds: z.number().nonnegative().describe('of the budget that were used when it was complete'),
      step: count.nullish(),
      commit,
      seed: z.number().int().nonnegative(),
    })
    .nullish()
    .describe('the newest that is stored; for the next attempt, if this one dies'),
  olderCheckpoints: z
    .array(blobSchema)
    .max(4)
    .optional()
    .describe('stored before it and not yet removed: whoever ends the run removes them'),
  attempt: attemptSchema.nullish().describe('this one, once it holds devices'),
  earlier: z.array(attemptSchema).max(MOST_ATTEMPTS).optional(),
});

export type RunRequest = z.output<typeof runRequestSchema>;
export type RunWatch = z.output<typeof watchSchema>;
export type RunCourse = z.output<typeof courseSchema>;
export type DeviceFacts = z.output<typeof deviceFactsSchema>;
export type RunReport = z.output<typeof runReportSchema>;
export type RunProgress = z.output<typeof runProgressSchema>;
