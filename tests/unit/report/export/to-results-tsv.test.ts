import { expect, test } from 'vitest';
import { toResultsTsv } from '../../../../src/report/export/to-results-tsv.js';
import { loopRecord } from '../../../support/loop-record.js';
import { OUTCOMES } from '../../../../src/contract/outcome.js';

test("the header holds karpathy's five columns with the metric by its name", () => {
  const [header] = toResultsTsv(loopRecord({ experiments: 0 })).split('\n');
  expect(header).toBe('commit\tval_bpb\tmemory_gb\tstatus\tdescription');
});

test('the baseline is a keep with a short commit, six decimals and one decimal of memory', () => {
  const [, baseline] = toResultsTsv(loopRecord({ experiments: 0 })).split('\n');
  expect(baseline).toMatch(/^[0-9a-f]{7}\t2\.41\d{4}\t0\.4\tkeep\tbaseline$/);
});

test('a crash is written with zeros', () => {
  const lines = toResultsTsv(loopRecord({ experiments: 4, scenario: 'crash-only' }))
    .trim()
    .split('\n');
  expect(lines.slice(2)).toHaveLength(4);
  for (const line of lines.slice(2)) expect(line).toMatch(/^[0-9a-f]{7}\t0\.000000\t0\.0\tcrash\t/);
});

test('every outcome becomes keep, discard or crash', () => {
  const statuses = OUTCOMES.map((outcome) => {
    const record = loopRecord({ experiments: 1 });
    Object.assign(record.experiments[1] ?? {}, { outcome });
    return `${outcome} ${String(toResultsTsv(record).split('\n')[2]?.split('\t')[3])}`;
  });
  expect(statuses).toEqual([
    'keep keep',
    'provisional discard',
    'discard discard',
    'inconclusive discard',
    'unconfirmed discard',
    'crash crash',
    'timeout crash',
    'out_of_memory crash',
    'no_metric crash',
    'not_finite crash',
    'diverged crash',
    'no_change discard',
    'duplicate discard',
    'refused discard',
    'guard_failed discard',
    'tampered discard',
    'over_budget discard',
    'cancelled discard',
  ]);
});

test('what has no score never looks like one of zero, and says what it was', () => {
  const record = loopRecord({ experiments: 1 });
  Object.assign(record.experiments[1] ?? {}, { outcome: 'cancelled', value: null, idea: 'a wider net' });
  expect(toResultsTsv(record).split('\n')[2]).toMatch(/\t0\.000000\t0\.0\tcrash\ta wider net \(cancelled\)$/);
});

test('a run that was stopped early has no score either, and lost', () => {
  const record = loopRecord({ experiments: 1 });
  Object.assign(record.experiments[1] ?? {}, { outcome: 'discard', value: null, idea: 'a wider net' });
  expect(toResultsTsv(record).split('\n')[2]).toMatch(/\tcrash\ta wider net \(discard\)$/);
});

test('tabs and line feeds in an idea do not break its row', () => {
  const text = toResultsTsv(loopRecord({ experiments: 30, scenario: 'hostile' }));
  const lines = text.trimEnd().split('\n');
  expect(lines).toHaveLength(32);
  for (const line of lines) expect(line.split('\t')).toHaveLength(5);
});

test('rows stand in the order of their verdicts, whichever experiment was begun first', () => {
  const record = loopRecord({ experiments: 3 });
  const at = (experiment: number, settledAt: number): void => {
    Object.assign(record.experiments[experiment] ?? {}, { settledAt, idea: `idea ${String(experiment)}` });
  };
  const [begun = 0] = record.experiments.map(({ settledAt }) => settledAt);
  at(1, begun + 20);
  at(2, begun + 10);
  at(3, begun + 30);
  const rows = toResultsTsv(record).trim().split('\n').slice(2);
  expect(rows.map((row) => /idea \d/.exec(row)?.[0])).toEqual(['idea 2', 'idea 1', 'idea 3']);
});
