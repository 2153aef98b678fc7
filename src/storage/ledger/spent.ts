import type pg from 'pg';
import type { Spent } from '../../contract/loop.js';

const SPENT = `
SELECT
  (SELECT count(*) FROM autolift.experiments WHERE loop = $1 AND experiment > 0) AS experiments,
  (SELECT coalesce(sum(device_seconds), 0) FROM autolift.measurements WHERE loop = $1) AS "deviceSeconds",
  coalesce(sum(dollars), 0) AS dollars,
  coalesce(sum(input_tokens + output_tokens), 0)::float8 AS tokens
FROM autolift.model_calls WHERE loop = $1`;

const NOTHING: Spent = { experiments: 0, deviceSeconds: 0, dollars: 0, tokens: 0 };

/** What the ledger's rows add up to; model calls count as soon as they are made, even if nothing came of them. */
export const spent = async (pool: pg.Pool, loop: string): Promise<Spent> =>
  (await pool.query<Spent>(SPENT, [loop])).rows[0] ?? NOTHING;
