import type pg from 'pg';
import type { ExperimentRow, LoopEventRow } from '../../contract/ledger.js';
import type { Sighting } from '../../contract/lesson.js';
import type { RunRecord } from '../../contract/measurement.js';
import { LESSON_COLUMNS, LESSON_RECORD, lessonId } from './memory/lesson-columns.js';
import { toJson } from './to-json.js';

/** What a settled batch adds to the ledger. */
export interface Batch {
  /** in the order of their verdicts */
  experiments: readonly (ExperimentRow & { measurements: readonly RunRecord[] })[];
  events: readonly LoopEventRow[];
  /** of experiments of this batch; absent: none */
  lessons?: readonly Sighting[];
}

/** One statement, so one transaction and one round trip, whatever the size of the batch. */
const APPEND = `
WITH new_experiments AS (
  INSERT INTO autolift.experiments (
    loop, experiment, outcome, reason, proposer, idea, base, base_kind, against, commit, tree, branch_commit,
    value, verdict, device_class, usage, duplicate_of, steering, proposed_at, settled_at)
  SELECT loop, experiment, outcome, reason, proposer, idea, base, "baseKind", against, commit, tree, "branchCommit",
    value, verdict, "deviceClass", usage, "duplicateOf", steering,
    to_timestamp("proposedAt" / 1000), to_timestamp("settledAt" / 1000)
  FROM jsonb_to_recordset($1::jsonb) AS row (
    place integer, loop text, experiment integer, outcome text, reason text, proposer text, idea text, base text,
    "baseKind" text, against integer, commit text, tree text, "branchCommit" text, value double precision,
    verdict jsonb, "deviceClass" text, usage jsonb, "duplicateOf" integer, steering jsonb, "proposedAt" double precision,
    "settledAt" double precision)
  ORDER BY place
  ON CONFLICT DO NOTHING
  RETURNING loop, experiment
), new_lessons AS (
  -- only rows that are new count: a repeated batch adds nothing, neither here nor there
  INSERT INTO autolift.lessons AS known (lesson, ${LESSON_COLUMNS})
  SELECT DISTINCT ON (loop, lesson, effect) lesson, loop, task, theme, effect, count(*) OVER same, idea, evidence,
    outcome, experiment, commit, level, epoch, "evaluatorHash", "deviceClass", rule,
    to_timestamp(min("firstAt") OVER same / 1000), to_timestamp("lastAt" / 1000)
  FROM jsonb_to_recordset($4::jsonb) AS row (${LESSON_RECORD})
  JOIN new_experiments USING (loop, experiment)
  WINDOW same AS (PARTITION BY loop, lesson, effect)
  ORDER BY loop, lesson, effect, "lastAt" DESC, experiment DESC
  ON CONFLICT (loop, lesson, effect) DO UPDATE SET
    count = known.count + excluded.count, idea = excluded.idea, evidence = excluded.evidence,
    outcome = excluded.outcome, experiment = excluded.experiment, commit = excluded.commit,
    evaluator_hash = excluded.evaluator_hash, device_class = excluded.device_class, rule = excluded.rule,
    last_at = excluded.last_at
), new_measurements AS (
  INSERT INTO autolift.measurements (
    loop, experiment, role, index, commit, seed, status, value, origin, device_class, device_seconds, detail,
    metrics, tail, log, evaluator_log, evaluator_hash, peak_memory_bytes, exit_code, device, sandbox, tampering,
    notes, started_at, seconds, course)
  SELECT loop, experiment, role, index, commit, seed, status, value, origin, "deviceClass", "deviceSeconds",
    detail, metrics, tail, log, "evaluatorLog", "evaluatorHash", "peakMemoryBytes", "exitCode", device, sandbox,
    tampering, notes, "startedAt", seconds, course
  FROM jsonb_to_recordset($2::jsonb) AS row (
    loop text, experiment integer, role text, index integer, commit text, seed bigint, status text,
    value double precision, origin text, "deviceClass" text, "deviceSeconds" double precision, detail text,
    metrics jsonb, tail text, log jsonb, "evaluatorLog" jsonb, "evaluatorHash" text, "peakMemoryBytes" bigint,
    "exitCode" bigint, device jsonb, sandbox text, tampering jsonb, notes jsonb, "startedAt" text, seconds jsonb,
    course jsonb)
  ON CONFLICT DO NOTHING
)
INSERT INTO autolift.loop_events (loop, seq, kind, text, at)
SELECT loop, seq, kind, text, to_timestamp(at / 1000)
FROM jsonb_to_recordset($3::jsonb) AS row (loop text, seq integer, kind text, text text, at double precision)
ON CONFLICT DO NOTHING`;

/** Adds rows; those that are there already, from an attempt whose answer was lost, stay as they are. */
export const append = async (pool: pg.Pool, { experiments, events, lessons = [] }: Batch): Promise<void> => {
  if (experiments.length === 0 && events.length === 0) return;
  const rows = experiments.map((row, place) => ({ ...row, measurements: undefined, place }));
  const measurements = experiments.flatMap(({ loop, experiment, measurements: runs }) =>
    runs.map((run) => ({ ...run, loop, experiment })),
  );
  const learnt = lessons.map((one) => ({ ...one, lesson: lessonId(one) }));
  // prepared once a connection: it reads no table, so a plan from the ledger's first day stays right
  await pool.query({
    name: 'append',
    text: APPEND,
    values: [toJson(rows), toJson(measurements), toJson(events), toJson(learnt)],
  });
};
