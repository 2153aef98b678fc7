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
  WHERE ${afterPosition('$1', '$4')}
  ORDER BY loop DESC, position DESC LIMIT $2
) e
LEFT JOIN LATERAL (
  SELECT tail FROM autolift.measurements
  WHERE e.outcome = ANY($3) AND loop = e.loop AND experiment = e.experiment AND role <> 'incumbent'
  ORDER BY index DESC LIMIT 1
) m ON true
ORDER BY e.position`;

/** The newest verdicts up to one place in their order, oldest first. */
interface Recent {
  entries: readonly HistoryEntry[];
  position: number;
}

/** Loops whose history is kept at hand. */
const KEPT = 8;

/**
 * The most recent verdicts of a loop, newest last. They never change once written, and those of one loop are written
 * one batch after another: only what came after the last answer is read, or every prompt would fetch hundreds of rows.
 */
export const createHistory = (
  pool: pg.Pool,
): ((loop: string, options: HistoryOptions) => Promise<HistoryEntry[]>) => {
  const kept = new Map<string, Promise<Recent>>();

  const after = async (before: Recent, loop: string, { limit, tailsOf }: HistoryOptions): Promise<Recent> => {
    const values = [loop, limit, tailsOf, before.position];
    const { rows } = await pool.query<HistoryEntry & { position: number }>(HISTORY, values);
    const fresh = rows.map((row) => ({ ...settledExperiment(row).experiment, tail: row.tail }));
    return {
      entries: [...before.entries, ...fresh].slice(-limit),
      position: rows.at(-1)?.position ?? before.position,
    };
  };

  return async (loop, options) => {
    const key = JSON.stringify([loop, options]);
    const nothing: Recent = { entries: [], position: 0 };
    // one after another: each reads what the one before has not seen
    const before = kept.get(key)?.catch(() => nothing) ?? Promise.resolve(nothing);
    const now = before.then(async (recent) => await after(recent, loop, options));
    kept.delete(key);
    kept.set(key, now);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return [...(await now).entries];
  };
};
