import type pg from 'pg';
import type { ExperimentRow } from '../../contract/ledger.js';
import {
  afterPosition,
  EXPERIMENT_COLUMNS,
  settledExperiment,
  type SettledExperiment,
} from './settled-experiment.js';

const SINCE = `
SELECT position, ${EXPERIMENT_COLUMNS} FROM autolift.experiments
WHERE ${afterPosition('$1', '$2')} ORDER BY loop, position LIMIT 1000`;

/** The next verdicts after a position (0: from the start), at most 1000: what a watcher has not seen yet. */
export const experimentsSince = async (
  pool: pg.Pool,
  loop: string,
  position: number,
): Promise<SettledExperiment[]> => {
  const found = await pool.query<ExperimentRow & { position: number }>(SINCE, [loop, position]);
  return found.rows.map(settledExperiment);
};
