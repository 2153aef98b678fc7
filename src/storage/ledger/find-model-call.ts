import type pg from 'pg';
import type { ModelCallRow } from '../../contract/ledger.js';
import { MODEL_CALL_COLUMNS } from './model-call-columns.js';

/** A call by its key, as it was written down; null if it was never answered. */
export const findModelCall = async (pool: pg.Pool, key: string): Promise<ModelCallRow | null> => {
  const { rows } = await pool.query<ModelCallRow>(
    `SELECT ${MODEL_CALL_COLUMNS} FROM autolift.model_calls WHERE key = $1`,
    [key],
  );
  return rows[0] ?? null;
};
