import type pg from 'pg';
import type { LoopRow } from '../../contract/ledger.js';
import { UserError } from '../../contract/user-error.js';
import { toJson } from './to-json.js';

const INSERT = `
INSERT INTO autolift.loops (loop, input, opened_at) VALUES ($1, $2::jsonb, $3) ON CONFLICT DO NOTHING`;
const SAME = 'SELECT input = $2::jsonb AS same FROM autolift.loops WHERE loop = $1';

/** Writes a loop's row, once; a second loop of the same name would mix its experiments with the first one's. */
export const openLoop = async (pool: pg.Pool, { loop, input, openedAt }: LoopRow): Promise<void> => {
  const json = toJson(input);
  const inserted = await pool.query(INSERT, [loop, json, new Date(openedAt)]);
  if (inserted.rowCount === 1) return;
  const found = await pool.query<{ same: boolean }>(SAME, [loop, json]);
  if (found.rows[0]?.same === true) return;
  throw new UserError('the ledger holds another loop of this name', loop, 'choose another tag (--tag)');
};
