import { expect, test } from 'vitest';
import { causeOf, explainEnd, type Ended } from '../../../src/embedded/explain-end.js';

const ended = (parts: Partial<Ended>): Ended => ({
  name: 'control',
  exit: 'exit code 1',
  home: '/data',
  logFile: '/data/logs/control.log',
  text: '',
  ...parts,
});

test("a worker's own message is the message", () => {
  const text =
    'ledger: connection refused; trying again\nDATABASE_URL: the ledger has schema 9\n  update autolift';
  expect(causeOf(ended({ exit: 'exit code 2', text }))?.message).toBe(
    'DATABASE_URL: the ledger has schema 9\n  update autolift',
  );
  expect(causeOf(ended({ exit: 'exit code 1', text }))).toBeNull();
});

test('a data folder of another PostgreSQL is named, with both versions and what to do', () => {
  const text = `FATAL:  database files are incompatible with server
DETAIL:  The data directory was initialized by PostgreSQL version 16, which is not compatible with this version 18.3.`;
  const error = causeOf(ended({ name: 'postgres', text }));
  expect(error?.where).toBe('/data/postgres');
  expect(error?.what).toBe("this folder was made by PostgreSQL 16, autolift's own is 18.3");
  expect(error?.fix).toMatch(/DATABASE_URL.*move the folder away/);
});

test('a damaged file of histories is named, with what moving it away costs', () => {
  const text = 'level=ERROR msg="unable to create SQLite admin DB: file is not a database (26)"';
  const error = causeOf(ended({ name: 'temporal', text }));
  expect(error?.where).toBe('/data/temporal.db');
  expect(error?.fix).toMatch(/move \/data\/temporal\.db\* away: loops that were running end there/);
});

test('an unknown cause is told in a few lines, with the log and what to do', () => {
  const text = `Traceback (most recent call last):\n  File "x.py", line 1\nOSError: [Errno 28] ' No space'`;
  const { what, where, fix } = explainEnd(ended({ name: 'device-1', text }));
  expect(what).toBe("device-1 does not stay up (exit code 1):\n    OSError: [Errno 28] ' No space'");
  expect(where).toBe('/data/logs/control.log');
  expect(fix).toMatch(/The log has the rest; then run `autolift up` again/);
});
