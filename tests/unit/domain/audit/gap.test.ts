import { expect, test } from 'vitest';
import type { AuditRecord, HoldoutNumbers } from '../../../../src/contract/audit.js';
import { holdoutGap } from '../../../../src/domain/audit/gap.js';

const numbers = (gains: (number | null)[]): HoldoutNumbers => ({
  direction: 'minimize',
  pairs: gains.map((gain, seed) => ({ seed, candidate: gain === null ? null : 1 - gain, incumbent: 1 })),
  cut: false,
  failures: [],
});

const asked = (i: number, claimed: number | null, verdict: string): AuditRecord[] =>
  [
    { i, kind: 'query', loop: 'toy/a', question: `toy/a/${String(i)}/keep`, claimed },
    {
      i: i + 1,
      kind: 'score',
      query: i,
      question: `toy/a/${String(i)}/keep`,
      verdict,
      numbersHash: String(i),
    },
  ] as unknown as AuditRecord[];

test('what search claimed is put beside what the holdout measured', () => {
  const records = [...asked(0, 0.3, 'pays'), ...asked(2, 0.1, 'flat'), ...asked(4, null, 'harmful')];
  const stored: Record<string, HoldoutNumbers> = {
    0: numbers([0.1, 0.3, null]),
    2: numbers([0, 0]),
    4: numbers([-1, -1]),
  };
  const rows = holdoutGap(records, (hash) => stored[hash] ?? null);
  expect(rows.map(({ claimed, n, verdict }) => [claimed, n, verdict])).toEqual([
    [0.3, 2, 'pays'],
    [0.1, 2, 'flat'],
    [null, 2, 'harmful'],
  ]);
  expect(rows[0]?.measured).toBeCloseTo(0.2);
  expect(rows[0]?.standardError).toBeCloseTo(0.1);
});

test('where numbers are gone or nothing was claimed nothing is made up', () => {
  const rows = holdoutGap(asked(0, null, 'pays'), () => null);
  expect(rows).toMatchObject([{ measured: null, standardError: null, n: 0 }]);
});
