import type pg from 'pg';
import type { ExperimentRow } from '../../contract/ledger.js';
import type { Outcome } from '../../contract/outcome.js';
import { afterPosition, EXPERIMENT_COLUMNS, settledExperiment } from './settled-experiment.js';

export interface HistoryOptions {
  /** how many, the newest ones */
  limit: number;
  /** of which outcomes the output is wanted: most runs' output nobody reads again */
  tailsOf: readonly Outcome[];
}

/** A past experiment as a proposer reads it; the diff is that from `base` to `commit`. */
export interface HistoryEntry extends ExperimentRow {
  /** end of its last run's output: untrusted data; "" where it was not asked for */
  tail: string;
}

const HISTORY = `
SELECT e.*, coalesce(m.tail, '') AS tail
FROM (
  SELECT position, ${EXPERIMENT_COLUMNS} FROM autolift.experiments
  WHERE ${afterPosition('$1', '0')}
  ORDER BY loop DESC, position DESC LIMIT $2
) e
LEFT JOIN LATERAL (
  SELECT tail FROM autolift.measurements
  WHERE e.outcome = ANY($3) AND loop = e.loop AND experiment = e.experiment AND role <> 'incumbent'
  ORDER BY index DESC LIMIT 1
) m ON true
ORDER BY e.position`;

/** The most recent verdicts, newest last. */
export const history = async (
  pool: pg.Pool,
  loop: string,
  { limit, tailsOf }: HistoryOptions,
): Promise<HistoryEntry[]> => {
  const found = await pool.query<HistoryEntry & { position: number }>(HISTORY, [loop, limit, tailsOf]);
  return found.rows.map((row) => ({ ...settledExperiment(row).experiment, tail: row.tail }));
};
