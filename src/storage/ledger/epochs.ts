import type pg from 'pg';
import type { EpochRow } from '../../contract/epoch.js';
import { toJson } from './to-json.js';

const INSERT = `
INSERT INTO autolift.epochs (id, loop, epoch, from_hash, to_hash, decision, why, bridge, scores, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, to_timestamp($10::float8 / 1000)) ON CONFLICT DO NOTHING`;

const FIND = `
SELECT id, loop, epoch, from_hash AS "fromHash", to_hash AS "toHash", decision, why, bridge, scores,
  (extract(epoch FROM decided_at) * 1000)::float8 AS "decidedAt"
FROM autolift.epochs WHERE loop = $1 ORDER BY decided_at, id`;

export const recordEpoch = async (pool: pg.Pool, row: EpochRow): Promise<void> => {
  const { id, loop, epoch, fromHash, toHash, decision, why, bridge, scores, decidedAt } = row;
  const json = [toJson(bridge), toJson(scores)];
  await pool.query(INSERT, [id, loop, epoch, fromHash, toHash, decision, why, ...json, decidedAt]);
};

/** What was decided about new evaluators of a loop, oldest first. */
export const readEpochs = async (pool: pg.Pool, loop: string): Promise<EpochRow[]> =>
  (await pool.query<EpochRow>(FIND, [loop])).rows;
