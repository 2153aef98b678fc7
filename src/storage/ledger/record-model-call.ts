import type pg from 'pg';
import type { ModelCallRow } from '../../contract/ledger.js';
import { toJson } from './to-json.js';

const INSERT = `
INSERT INTO autolift.model_calls (
  key, loop, experiment, model, status, input_tokens, cached_tokens, output_tokens, dollars, milliseconds, transcript)
SELECT key, loop, experiment, model, status, "inputTokens", "cachedTokens", "outputTokens", dollars, milliseconds,
  transcript
FROM jsonb_to_record($1::jsonb) AS row (
  key text, loop text, experiment integer, model text, status text, "inputTokens" bigint, "cachedTokens" bigint,
  "outputTokens" bigint, dollars double precision, milliseconds double precision, transcript jsonb)
ON CONFLICT DO NOTHING`;

/** Writes down a model call as soon as it is paid for, whatever comes of its answer. */
export const recordModelCall = async (pool: pg.Pool, row: ModelCallRow): Promise<void> => {
  await pool.query(INSERT, [toJson(row)]);
};
