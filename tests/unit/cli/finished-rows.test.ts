import { expect, test } from 'vitest';
import { finishedRows } from '../../../src/cli/finished-rows.js';
import type { ExperimentRow } from '../../../src/contract/ledger.js';
import type { Ledger } from '../../../src/storage/ledger/index.js';

const row = (experiment: number, outcome: ExperimentRow['outcome'], value: number | null) =>
  ({
    experiment,
    outcome,
    value,
    idea: '',
    reason: '',
    against: experiment === 0 ? null : 0,
  }) as ExperimentRow;

test('each row knows the score that it was compared with and the best after it, in the order of verdicts', async () => {
  const rows = [row(0, 'keep', 5), row(2, 'discard', 6), row(1, 'keep', 4), row(3, 'crash', null)];
  const experimentsSince: Ledger['experimentsSince'] = async (_, after) =>
    await Promise.resolve(
      rows.map((experiment, index) => ({ position: index + 1, experiment })).slice(after, after + 2),
    );
  const next = finishedRows({ experimentsSince } as Ledger, 'a/b');
  const shown = [...(await next()), ...(await next()), ...(await next())].map((one) => one.shown);
  expect(shown.map(({ experiment, incumbentValue, best }) => [experiment, incumbentValue, best])).toEqual([
    [0, null, 5],
    [2, 5, 5],
    [1, 5, 4],
    [3, 5, 4],
  ]);
});
