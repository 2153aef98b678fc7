import type pg from 'pg';
import type { LoopEventRow } from '../../contract/ledger.js';
import type { StandingRecord, StandingRow } from '../../contract/standing.js';
import { asWritten } from './settled-experiment.js';

/** Of every loop what the scores that it believes are read from. */
export interface StandingRows extends Omit<StandingRecord, 'reverts'> {
  reverted: Pick<LoopEventRow, 'kind' | 'text' | 'at'>[];
}

/** Keeps, what found noise where none was thought to be, and whatever ran an incumbent again; of the rest only that a rule judged it. */
const ROWS = `
SELECT e.loop, e.experiment, e.outcome, e.proposer, e.commit, e.branch_commit AS "branchCommit", e.value, e.steering,
  e.device_class AS "deviceClass",
  (extract(epoch FROM e.settled_at) * 1000)::float8 AS "settledAt", coalesce(m.runs, '[]') AS measurements,
  CASE WHEN e.verdict IS NULL OR e.outcome = 'keep' OR e.verdict #> '{evidence,anew}' IS NOT NULL THEN e.verdict
    ELSE '{"rule": "", "options": null, "evidence": null}' END AS verdict
FROM autolift.experiments e LEFT JOIN LATERAL (
  SELECT jsonb_agg(jsonb_build_object('role', role, 'commit', commit, 'status', status, 'value', value,
    'deviceClass', device_class)
    ORDER BY role, index) AS runs
  FROM autolift.measurements WHERE loop = e.loop AND experiment = e.experiment AND role IN ('baseline', 'incumbent')
) m ON true
WHERE e.outcome = 'keep' OR m.runs IS NOT NULL OR e.verdict #> '{evidence,anew}' IS NOT NULL
ORDER BY e.position`;

const LOOPS = `SELECT loop, input #>> '{task,acceptance,rule}' AS rule FROM autolift.loops`;

const REVERTED = `
SELECT loop, kind, text, (extract(epoch FROM at) * 1000)::float8 AS at
FROM autolift.loop_events WHERE kind = 'reverted' ORDER BY loop, seq`;

type OfLoop<T> = T & { loop: string };

const byLoop = <T extends { loop: string }>(rows: readonly T[]): Map<string, T[]> => {
  const grouped = new Map<string, T[]>();
  for (const row of rows) {
    const own = grouped.get(row.loop) ?? [];
    own.push(row);
    grouped.set(row.loop, own);
  }
  return grouped;
};

export const standingRows = async (pool: pg.Pool): Promise<StandingRows[]> => {
  const [loops, rows, events] = await Promise.all([
    pool.query<Pick<StandingRows, 'loop' | 'rule'>>(LOOPS),
    pool.query<OfLoop<StandingRow>>(ROWS),
    pool.query<OfLoop<StandingRows['reverted'][number]>>(REVERTED),
  ]);
  const rowsOf = byLoop(rows.rows);
  const eventsOf = byLoop(events.rows);
  return loops.rows.map(({ loop, rule }) => ({
    loop,
    rule,
    rows: (rowsOf.get(loop) ?? []).map(asWritten),
    reverted: eventsOf.get(loop) ?? [],
  }));
};
