import { expect, test } from 'vitest';
import { findRecord } from '../../../src/cli/find-record.js';

const CHILD = 'outer/nov22/1-candidate-0/sine.0';

/** A ledger that knows these loops, oldest first. */
const ledger = (...loops: string[]) =>
  ({
    loops: () => Promise.resolve(loops.map((loop) => ({ loop }))),
    record: (loop: string) => Promise.resolve(loop),
  }) as unknown as Parameters<typeof findRecord>[0];

test('the loops below another one are in the way of neither its tag nor of the latest', async () => {
  const known = ledger('sine/nov21', 'outer/nov22', CHILD);
  expect(await findRecord(known, 'nov22')).toBe('outer/nov22');
  expect(await findRecord(known, undefined)).toBe('outer/nov22');
});

test('a loop below another one is found by its whole id', async () => {
  expect(await findRecord(ledger('outer/nov22', CHILD), CHILD)).toBe(CHILD);
});

test('a name that fits no loop is answered with what there is', async () => {
  await expect(findRecord(ledger('sine/nov21'), 'sien/nov21')).rejects.toThrow('did you mean "sine/nov21"?');
});
