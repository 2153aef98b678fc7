import { expect, test } from 'vitest';
import type { EpochRow } from '../../../../src/contract/epoch.js';
import { loopRow, LOOP } from './ledger-rows.js';
import { scratchLedger } from './open-ledger.js';

const row: EpochRow = {
  id: 'toy/epoch-a-b',
  loop: LOOP,
  epoch: 2,
  fromHash: 'a',
  toHash: 'b',
  decision: 'new-scale',
  why: 'bias',
  bridge: { artifacts: 3, bias: 0.5, se: 0.1, tau: null },
  scores: [
    {
      experiment: 1,
      commit: 'c',
      before: { status: 'ok', value: 1 },
      after: { status: 'crash', value: null },
    },
  ],
  decidedAt: 1_700_000_000_123,
};

test('what was decided about a new evaluator is written once and read back exactly', async () => {
  const { ledger } = await scratchLedger();
  await ledger.recordEpoch(row);
  await ledger.recordEpoch({ ...row, decision: 'continue' });
  expect(await ledger.epochs(LOOP)).toEqual([row]);
  expect(await ledger.epochs('toy/other')).toEqual([]);
});

test('a list of loops says the epoch of each, and 1 for one that was never bridged', async () => {
  const { ledger } = await scratchLedger();
  const first = loopRow();
  const loop = `${LOOP}-next`;
  const epoch = { number: 2, previous: LOOP, decision: 'continue' as const, why: '', bridge: row.bridge };
  await ledger.openLoop({
    ...first,
    loop,
    openedAt: first.openedAt + 1,
    input: { ...first.input, loop, epoch },
  });
  expect((await ledger.loops()).map((one) => [one.loop, one.epoch])).toEqual([
    [LOOP, 1],
    [loop, 2],
  ]);
});
