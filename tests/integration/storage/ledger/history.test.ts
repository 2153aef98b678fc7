import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { openLedger } from '../../../../src/storage/ledger/ledger.js';
import { event, experiment, LOOP, run } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

test('the history holds the latest verdicts, newest last, with the end of the output where it is wanted', async () => {
  const { ledger } = await scratchLedger();
  const noisy = [
    run({ index: 0, tail: 'first' }),
    run({ index: 1, tail: 'second' }),
    run({ role: 'incumbent', tail: 'not its own' }),
  ];
  for (const row of [
    experiment(1),
    experiment(4, { measurements: noisy }),
    experiment(3, { outcome: 'crash', measurements: noisy }),
    experiment(2, { outcome: 'timeout', measurements: [] }),
  ]) {
    await ledger.append({ experiments: [row], events: [] });
  }
  const recent = await ledger.history(LOOP, { limit: 3, tailsOf: ['crash', 'timeout'] });
  expect(recent.map((entry) => [entry.experiment, entry.tail])).toEqual([
    [4, ''],
    [3, 'second'],
    [2, ''],
  ]);
});

test('the history goes on from where it was read last', async () => {
  const { ledger } = await scratchLedger();
  const numbers = async (limit: number): Promise<number[]> =>
    (await ledger.history(LOOP, { limit, tailsOf: [] })).map((row) => row.experiment);
  expect(await numbers(3)).toEqual([]);
  await ledger.append({ experiments: [experiment(0), experiment(2)], events: [] });
  const seen = await ledger.history(LOOP, { limit: 3, tailsOf: [] });
  seen.pop();
  expect(await numbers(3)).toEqual([0, 2]);
  await ledger.append({ experiments: [experiment(1), experiment(3)], events: [] });
  expect(await Promise.all([numbers(3), numbers(3), numbers(9)])).toEqual([
    [2, 1, 3],
    [2, 1, 3],
    [0, 2, 1, 3],
  ]);
});

test('the work for one experiment does not grow with those before it', async () => {
  const { ledger, url } = await scratchLedger();
  // PostgreSQL counts a connection's reads when it ends
  const used = await openLedger(url);
  const count = 300;
  for (let n = 1; n <= count; n += 1) {
    const row = experiment(n);
    await used.append({ experiments: [row], events: [event(n)] });
    await used.findByTree(LOOP, [row.tree ?? '']);
    await used.history(LOOP, { limit: 2, tailsOf: ['discard'] });
  }
  await used.close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
  });
  const reads = await client.query<{ name: string; rows: number }>(`
    SELECT relname AS name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 AS rows
    FROM pg_stat_user_tables WHERE schemaname = 'autolift'`);
  for (const { name, rows } of reads.rows) expect(rows, name).toBeLessThan(20 * count);
  expect((await ledger.record(LOOP))?.experiments).toHaveLength(count);
});
