import { expect, test } from 'vitest';
import type { AuditRecord } from '../../../src/contract/audit.js';
import { missingHeads } from '../../../src/cli/known-heads.js';

const log = ['a', 'b'].map((letter) => ({ hash: letter.repeat(64) }) as AuditRecord);
const head = (loop: string, letter: string) => ({ loop, hash: letter.repeat(64) });

test('a log that ends before what a loop was told has lost its end: one fault for each loop, by its last head', () => {
  const known = [head('toy/a', 'b'), head('toy/b', 'c'), head('toy/b', 'd'), head('toy/c', '0')];
  expect(missingHeads(log, known)).toEqual([
    { i: 2, what: `is missing: toy/b was told ${'d'.repeat(16)}…, which is not in the log` },
  ]);
  expect(missingHeads(log, known.slice(0, 1))).toEqual([]);
});
