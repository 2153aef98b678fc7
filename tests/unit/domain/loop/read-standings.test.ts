import { expect, test } from 'vitest';
import type { StandingRow } from '../../../../src/contract/standing.js';
import { readStandings } from '../../../../src/domain/loop/read-standings.js';

const run = (
  role: 'baseline' | 'incumbent',
  commit: string,
  value: number | null,
): StandingRow['measurements'][number] => ({
  role,
  commit,
  value,
  status: value === null ? 'crash' : 'ok',
  deviceClass: 'cpu',
});
const verdictOf = (evidence: object): StandingRow['verdict'] => ({ rule: 'strict', options: {}, evidence });

const row = (experiment: number, changes: Partial<StandingRow>): StandingRow => ({
  experiment,
  outcome: 'discard',
  proposer: 'mutate',
  commit: `c${String(experiment)}`,
  branchCommit: null,
  value: null,
  verdict: verdictOf({ candidate: [{ index: 0, value: 1 }], incumbent: [] }),
  deviceClass: 'cpu',
  settledAt: experiment,
  measurements: [],
  ...changes,
});
const baseline = row(0, {
  outcome: 'keep',
  value: 10,
  verdict: null,
  measurements: [run('baseline', 'c0', 9), run('baseline', 'c0', null), run('baseline', 'c0', 11)],
});
const read = (rows: StandingRow[], reverts: { to: number; at: number }[] = [], rule = 'strict' as const) =>
  readStandings({ rule, rows: [baseline, ...rows], reverts });

test('later runs of what stands are folded in, of the baseline too, and none once it is replaced', () => {
  const again = (experiment: number, commit: string, value: number) =>
    row(experiment, { measurements: [run('incumbent', commit, value)] });
  const keep = row(2, { outcome: 'keep', value: 4 });
  const found = read([again(1, 'c0', 16), keep, again(3, 'c0', 99), again(4, 'c2', 8)]);
  expect(found.baseline).toMatchObject({ experiment: 0, value: 12, n: 3 });
  expect(found.incumbent).toMatchObject({ experiment: 2, value: 6, n: 2 });
});

test('the luckiest keep is not what stands: the last one is, with its later runs', () => {
  const found = read([row(1, { outcome: 'keep', value: 1 }), row(2, { outcome: 'keep', value: 3 })]);
  expect(found.incumbent).toMatchObject({ experiment: 2, value: 3, n: 1 });
});

test('what an alarm takes back gives way to what stood before, and what is kept afterwards stands', () => {
  const keeps = [row(1, { outcome: 'keep', value: 5 }), row(2, { outcome: 'keep', value: 1 })];
  expect(read(keeps, [{ to: 1, at: 2 }]).incumbent).toMatchObject({ experiment: 1, value: 5 });
  const after = row(3, { outcome: 'keep', value: 4 });
  expect(read([...keeps, after], [{ to: 0, at: 2 }]).incumbent).toMatchObject({ experiment: 3 });
  expect(read(keeps, [{ to: 0, at: 2 }]).incumbent).toEqual(read([]).incumbent);
});

test('where noise is found after all, what stands rests on its fresh runs', () => {
  const evidence = {
    candidate: [
      { index: 0, value: 1 },
      { index: 1, value: 3 },
    ],
    incumbent: [
      { index: 1, value: 6 },
      { index: 2, value: 8 },
    ],
    standing: { value: 5, n: 1 },
    anew: { sigma: 1, n: 2 },
  };
  const found = read([
    row(1, { outcome: 'keep', value: 5 }),
    row(2, { outcome: 'inconclusive', verdict: verdictOf(evidence) }),
  ]);
  expect(found.incumbent).toMatchObject({ experiment: 1, value: 7, n: 2 });
});

test('what no rule has judged changes nothing, and without a baseline there is no score', () => {
  const cancelled = row(1, { verdict: null, measurements: [run('incumbent', 'c0', 99)] });
  expect(read([cancelled]).incumbent).toMatchObject({ value: 10, n: 2 });
  expect(readStandings({ rule: 'strict', rows: [], reverts: [] })).toMatchObject({
    baseline: null,
    incumbent: null,
  });
});
