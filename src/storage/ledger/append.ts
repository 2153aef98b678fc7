import type pg from 'pg';
import type { ExperimentRow, LoopEventRow } from '../../contract/ledger.js';
import type { RunRecord } from '../../contract/measurement.js';
import { toJson } from './to-json.js';

/** What a settled batch adds to the ledger. */
export interface Batch {
  /** in the order of their verdicts */
  experiments: readonly (ExperimentRow & { measurements: readonly RunRecord[] })[];
  events: readonly LoopEventRow[];
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
), new_measurements AS (
  INSERT INTO autolift.measurements (
    loop, experiment, role, index, commit, seed, status, value, origin, device_class, device_seconds, detail,
    metrics, tail, log, evaluator_log, evaluator_hash, peak_memory_bytes, exit_code, device, sandbox, tampering,
    notes, started_at, seconds)
  SELECT loop, experiment, role, index, commit, seed, status, value, origin, "deviceClass", "deviceSeconds",
    detail, metrics, tail, log, "evaluatorLog", "evaluatorHash", "peakMemoryBytes", "exitCode", device, sandbox,
    tampering, notes, "startedAt", seconds
  FROM jsonb_to_recordset($2::jsonb) AS row (
    loop text, experiment integer, role text, index integer, commit text, seed bigint, status text,
    value double precision, origin text, "deviceClass" text, "deviceSeconds" double precision, detail text,
    metrics jsonb, tail text, log jsonb, "evaluatorLog" jsonb, "evaluatorHash" text, "peakMemoryBytes" bigint,
    "exitCode" bigint, device jsonb, sandbox text, tampering jsonb, notes jsonb, "startedAt" text, seconds jsonb)
  ON CONFLICT DO NOTHING
)
INSERT INTO autolift.loop_events (loop, seq, kind, text, at)
SELECT loop, seq, kind, text, to_timestamp(at / 1000)
FROM jsonb_to_recordset($3::jsonb) AS row (loop text, seq integer, kind text, text text, at double precision)
ON CONFLICT DO NOTHING`;

/** Adds rows; those that are there already, from an attempt whose answer was lost, stay as they are. */
export const append = async (pool: pg.Pool, { experiments, events }: Batch): Promise<void> => {
  if (experiments.length === 0 && events.length === 0) return;
  const rows = experiments.map((row, place) => ({ ...row, measurements: undefined, place }));
  const measurements = experiments.flatMap(({ loop, experiment, measurements: runs }) =>
    runs.map((run) => ({ ...run, loop, experiment })),
  );
  // prepared once a connection: it reads no table, so a plan from the ledger's first day stays right
  await pool.query({
    name: 'append',
    text: APPEND,
    values: [toJson(rows), toJson(measurements), toJson(events)],
  });
};
