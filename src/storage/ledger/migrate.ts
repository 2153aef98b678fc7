import type pg from 'pg';
import { UserError } from '../../contract/user-error.js';
import { MIGRATIONS, type Migration } from './migrations/index.js';

/** Any number that no other program uses for the same purpose in the same database. */
const LOCK = 4_017_210_553;

const PREPARE = `
DO $$
BEGIN
  -- a role without the right to create schemas can use one that was made for it
  IF to_regnamespace('autolift') IS NULL THEN CREATE SCHEMA autolift; END IF;
END
$$;
CREATE TABLE IF NOT EXISTS autolift.migrations (
  version integer PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);`;

export interface Migrated {
  from: number;
  to: number;
}

const apply = async (client: pg.ClientBase, migrations: readonly Migration[]): Promise<Migrated> => {
  await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
  await client.query(PREPARE);
  const found = await client.query<{ version: number }>(
    'SELECT coalesce(max(version), 0)::integer AS version FROM autolift.migrations',
  );
  const from = found.rows[0]?.version ?? 0;
  if (from > migrations.length) {
    throw new UserError(
      `the ledger has schema ${String(from)}, this version of autolift knows ${String(migrations.length)}`,
      'DATABASE_URL',
      'update autolift, or give it a database of its own; nothing was changed',
    );
  }
  for (const [index, { name, sql }] of migrations.entries()) {
    if (index < from) continue;
    await client.query(sql);
    await client.query('INSERT INTO autolift.migrations (version, name) VALUES ($1, $2)', [index + 1, name]);
  }
  return { from, to: migrations.length };
};

/** Brings the database to the code's schema in one transaction; processes that start together wait for each other. */
export const migrate = async (
  pool: pg.Pool,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migrated> => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const migrated = await apply(client, migrations);
    await client.query('COMMIT');
    client.release();
    return migrated;
  } catch (error) {
    // the connection goes away, and with it the transaction
    client.release(true);
    throw error;
  }
};
