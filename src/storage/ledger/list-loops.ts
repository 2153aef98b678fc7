import type pg from 'pg';
import type { LoopEventRow } from '../../contract/ledger.js';
import type { MetricSpec } from '../../contract/task-schema.js';

/** One loop in a list of all. */
export interface LoopSummary {
  loop: string;
  task: string;
  level: number;
  metric: MetricSpec;
  openedAt: number;
  /** of its evaluator; scores of different epochs are never compared */
  epoch: number;
  evaluatorHash: string | null;
  environment: Record<string, string> | null;
  /** settled ones, the baseline left out */
  experiments: number;
  kept: number;
  lastSettledAt: number | null;
  /** what it said last of its own state */
  saidLast: LoopEventRow['kind'] | null;
  /** the baseline ended without a score */
  unmeasured: boolean;
}

/** A keep that no alarm has taken back. */
const STANDS = `e.outcome = 'keep' AND NOT EXISTS (
    SELECT 1 FROM autolift.loop_events r WHERE r.loop = e.loop AND r.kind = 'reverted' AND r.at >= e.settled_at
      AND e.experiment > substring(r.text from '#([0-9]+)')::integer)`;

const LIST = `
SELECT l.loop, l.input #>> '{task,name}' AS task, (l.input ->> 'level')::integer AS level,
  l.input #> '{task,measure,metric}' AS metric, coalesce((l.input #>> '{epoch,number}')::integer, 1) AS epoch,
  l.input #>> '{source,evaluatorHash}' AS "evaluatorHash", l.input #> '{source,environment}' AS environment,
  (extract(epoch FROM l.opened_at) * 1000)::float8 AS "openedAt",
  count(e.experiment) FILTER (WHERE e.experiment > 0) AS experiments,
  count(e.experiment) FILTER (WHERE e.experiment > 0 AND ${STANDS}) AS kept,
  (extract(epoch FROM max(e.settled_at)) * 1000)::float8 AS "lastSettledAt",
  (SELECT s.kind FROM autolift.loop_events s WHERE s.loop = l.loop
    AND s.kind IN ('opened', 'resumed', 'paused', 'stopping', 'stopped') ORDER BY s.seq DESC LIMIT 1) AS "saidLast",
  coalesce(bool_or(e.experiment = 0 AND e.value IS NULL), false) AS unmeasured
FROM autolift.loops l LEFT JOIN autolift.experiments e USING (loop)
GROUP BY l.loop ORDER BY l.opened_at, l.loop`;

/** Every loop that was ever opened, oldest first. */
export const listLoops = async (pool: pg.Pool): Promise<LoopSummary[]> =>
  (await pool.query<LoopSummary>(LIST)).rows;
