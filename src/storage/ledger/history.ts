import type pg from 'pg';
import type { ExperimentRow } from '../../contract/ledger.js';
import type { Outcome } from '../../contract/outcome.js';
import { afterPosition, EXPERIMENT_COLUMNS, settledExperiment } from './settled-experiment.js';

export interface HistoryOptions {
  /** how many, the newest ones */
  limit: number;
  /** only those that ended like this */
  outcomes?: readonly Outcome[];
}

/** A past experiment as a proposer reads it; the diff is that from `base` to `commit`. */
export interface HistoryEntry extends ExperimentRow {
  /** what its last run came to, in a sentence; "" if it was never run */
  detail: string;
  /** end of that run's output: untrusted data */
  tail: string;
}

const HISTORY = `
SELECT e.*, coalesce(m.detail, '') AS detail, coalesce(m.tail, '') AS tail
FROM (
  SELECT position, ${EXPERIMENT_COLUMNS} FROM autolift.experiments
  WHERE ${afterPosition('$1', '0')} AND ($3::text[] IS NULL OR outcome = ANY($3))
  ORDER BY loop DESC, position DESC LIMIT $2
) e
LEFT JOIN LATERAL (
  SELECT detail, tail FROM autolift.measurements
  WHERE loop = e.loop AND experiment = e.experiment AND role <> 'incumbent'
  ORDER BY index DESC LIMIT 1
) m ON true
ORDER BY e.position`;

/** The most recent verdicts, newest last. */
export const history = async (
  pool: pg.Pool,
  loop: string,
  { limit, outcomes }: HistoryOptions,
): Promise<HistoryEntry[]> => {
  const found = await pool.query<HistoryEntry & { position: number }>(HISTORY, [
    loop,
    limit,
    outcomes ?? null,
  ]);
  return found.rows.map((row) => ({
    ...settledExperiment(row).experiment,
    detail: row.detail,
    tail: row.tail,
  }));
};
