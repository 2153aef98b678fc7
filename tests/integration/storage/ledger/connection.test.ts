import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../../src/contract/user-error.js';
import { openLedger } from '../../../../src/storage/ledger/ledger.js';
import { freshDatabase, ownServer } from '../../../support/postgres.js';
import { experiment, LOOP, loopRow } from './ledger-rows.js';

const refusal = async (url: string): Promise<string> => {
  const error: unknown = await openLedger(url).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(UserError);
  return String(error);
};

test('a ledger that cannot be opened says what, where and what to do, without the password', async () => {
  const good = new URL(await freshDatabase());
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(good);
    change(url);
    return url.href;
  };
  const cases: [string, RegExp][] = [
    [changed((url) => (url.port = '1')), /127\.0\.0\.1:1\/t_\w+: no PostgreSQL answers at this address/],
    [
      changed((url) => (url.password = 'secret-wrong')),
      /autolift@127\.0\.0\.1:\d+\/t_\w+: PostgreSQL refuses the password/,
    ],
    [changed((url) => (url.password = '')), /PostgreSQL refuses the password/],
    [changed((url) => (url.username = 'nobody')), /PostgreSQL refuses/],
    [changed((url) => (url.pathname = '/nowhere')), /\/nowhere: there is no such database/],
    ['mysql://u:secret-wrong@h/d', /DATABASE_URL: this is not the address of a PostgreSQL/],
    ['u:secret-wrong@h/d', /DATABASE_URL: this is not the address of a PostgreSQL/],
  ];
  for (const [url, message] of cases) {
    const said = await refusal(url);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/secret-wrong|test-password/);
  }
});

test('a killed and restarted PostgreSQL costs a retry and no row', async () => {
  const server = await ownServer();
  onTestFinished(() => {
    server.close();
  });
  const ledger = await openLedger(server.url);
  await ledger.migrate();
  await ledger.openLoop(loopRow());
  await Promise.all([1, 2, 3, 4].map((n) => ledger.append({ experiments: [experiment(n)], events: [] })));
  await server.kill();
  await expect(ledger.append({ experiments: [experiment(5)], events: [] })).rejects.toThrow();
  await server.start();
  const batch = { experiments: [experiment(5), experiment(6)], events: [] };
  await ledger.append(batch).catch(async () => {
    await ledger.append(batch);
  });
  const record = await ledger.record(LOOP);
  expect(record?.experiments.map((row) => row.experiment).toSorted()).toEqual([1, 2, 3, 4, 5, 6]);
  await ledger.close();
});
