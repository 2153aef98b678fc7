import type pg from 'pg';
import type { TransferRow } from '../../contract/transfer.js';
import { toJson } from './to-json.js';

const INSERT = `
INSERT INTO autolift.transfer_runs (id, loop, device_class, artifact, pair, commit, status, value, origin, run)
SELECT id, loop, run ->> 'deviceClass', artifact, pair, run ->> 'commit', run ->> 'status',
  (run ->> 'value')::float8, run ->> 'origin', run
FROM jsonb_to_recordset($1::jsonb) AS row (id text, loop text, artifact text, pair integer, run jsonb)
ON CONFLICT DO NOTHING`;

const FIND = `
SELECT id, loop, artifact, pair, run FROM autolift.transfer_runs WHERE loop = $1
ORDER BY recorded_at, id, device_class, pair, artifact`;

/** Adds runs; those that are there already stay as they are. */
export const recordTransfer = async (pool: pg.Pool, rows: readonly TransferRow[]): Promise<void> => {
  if (rows.length > 0) await pool.query(INSERT, [toJson(rows)]);
};

export const readTransfers = async (pool: pg.Pool, loop: string): Promise<TransferRow[]> =>
  (await pool.query<TransferRow>(FIND, [loop])).rows;
