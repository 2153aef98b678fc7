import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../../src/storage/ledger/migrate.js';
import { MIGRATIONS } from '../../../../src/storage/ledger/migrations/index.js';
import { freshDatabase } from '../../../support/postgres.js';
import { LOOP, experiment, event, modelCall } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

const poolOf = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  onTestFinished(async () => {
    await pool.end();
  });
  return pool;
};

const NEXT = { name: 'next', sql: 'ALTER TABLE autolift.experiments ADD COLUMN note text' };

test('an empty database is brought to the latest schema, once', async () => {
  const pool = poolOf(await freshDatabase());
  expect(await migrate(pool)).toEqual({ from: 0, to: MIGRATIONS.length });
  expect(await migrate(pool)).toEqual({ from: MIGRATIONS.length, to: MIGRATIONS.length });
});

test('processes that start together migrate once', async () => {
  const pool = poolOf(await freshDatabase());
  const done = await Promise.all(Array.from({ length: 6 }, () => migrate(pool)));
  expect(done.filter(({ from }) => from === 0)).toHaveLength(1);
});

test('an older database is upgraded and keeps its rows', async () => {
  const { ledger, url } = await scratchLedger();
  await ledger.append({ experiments: [experiment(1)], events: [] });
  expect(await migrate(poolOf(url), [...MIGRATIONS, NEXT])).toEqual({
    from: MIGRATIONS.length,
    to: MIGRATIONS.length + 1,
  });
  expect((await ledger.record(LOOP))?.experiments).toEqual([experiment(1)]);
});

test('a database newer than the code is refused and left as it is', async () => {
  const { ledger, url } = await scratchLedger();
  const pool = poolOf(url);
  await migrate(pool, [...MIGRATIONS, NEXT]);
  await expect(ledger.migrate()).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(
      new RegExp(
        `schema ${String(MIGRATIONS.length + 1)}, this version of autolift knows ${String(MIGRATIONS.length)}\\n +update autolift`,
      ),
    ) as string,
  });
  const found = await pool.query('SELECT max(version) AS version FROM autolift.migrations');
  expect(found.rows).toEqual([{ version: MIGRATIONS.length + 1 }]);
});

test('a migration that fails leaves the schema where it was', async () => {
  const pool = poolOf(await freshDatabase());
  await migrate(pool);
  await expect(
    migrate(pool, [...MIGRATIONS, NEXT, { name: 'bad', sql: 'SELECT nonsense' }]),
  ).rejects.toThrow();
  expect(await migrate(pool)).toEqual({ from: MIGRATIONS.length, to: MIGRATIONS.length });
  await expect(pool.query('SELECT note FROM autolift.experiments')).rejects.toThrow('does not exist');
});

test('no row can be changed or removed', async () => {
  const { ledger, url } = await scratchLedger();
  await ledger.append({ experiments: [experiment(1)], events: [event(0)] });
  await ledger.recordModelCall(modelCall('k'));
  const before = await ledger.record(LOOP);
  const pool = poolOf(url);
  for (const table of ['loops', 'experiments', 'measurements', 'model_calls', 'loop_events', 'epochs']) {
    const column = table === 'loop_events' ? 'text' : 'loop';
    for (const sql of [
      `UPDATE autolift.${table} SET ${column} = 'x'`,
      `DELETE FROM autolift.${table}`,
      `TRUNCATE autolift.${table} CASCADE`,
    ]) {
      await expect(pool.query(sql), sql).rejects.toThrow('the ledger is append-only');
    }
  }
  expect(await ledger.record(LOOP)).toEqual(before);
});
