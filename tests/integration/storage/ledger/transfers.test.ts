import { expect, test } from 'vitest';
import { rowsOn } from '../../../support/transfer-record.js';
import { LOOP } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

const rows = rowsOn('h100', { 'at 0': (pair) => 9 + pair, 'at 1': () => null }, { pairs: 2 }).map((row) => ({
  ...row,
  loop: LOOP,
}));

test('runs on another class are written once, read back with the record, and change no score of the loop', async () => {
  const { ledger } = await scratchLedger();
  const before = await ledger.standingRows();
  await ledger.recordTransfer(rows.slice(0, 3));
  await ledger.recordTransfer(rows.map((row) => ({ ...row, run: { ...row.run, detail: 'again' } })));
  const { transfers = [], ...record } = (await ledger.record(LOOP)) ?? {};
  const byPlace = (one: (typeof rows)[number]): string => `${one.artifact} ${String(one.pair)}`;
  const sorted = (list: readonly (typeof rows)[number][]) =>
    list.toSorted((a, b) => byPlace(a).localeCompare(byPlace(b)));
  const expected = rows.map((row, at) => (at < 3 ? row : { ...row, run: { ...row.run, detail: 'again' } }));
  expect(sorted(transfers)).toEqual(sorted(expected));
  expect('experiments' in record ? record.experiments : null).toEqual([]);
  expect(await ledger.standingRows()).toEqual(before);
});

test('they can be added to, never changed', async () => {
  const { ledger } = await scratchLedger();
  await ledger.recordTransfer(rows);
  await ledger.recordTransfer([]);
  expect((await ledger.record(LOOP))?.transfers).toHaveLength(4);
});
