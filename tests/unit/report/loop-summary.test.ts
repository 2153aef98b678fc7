import { expect, test } from 'vitest';
import { summarizeLoop } from '../../../src/report/loop-summary.js';
import { loopRecord } from '../../support/loop-record.js';

test('experiments that ended in the same millisecond stay in the order of their verdicts', () => {
  const record = loopRecord({ experiments: 12, seed: 3 });
  const at = record.experiments[4]?.settledAt ?? 0;
  const experiments = record.experiments.map((row, place) =>
    place >= 4 && place <= 6 ? { ...row, settledAt: at } : row,
  );
  const [fourth, fifth, sixth] = experiments.splice(4, 3);
  const shuffled = experiments.toSpliced(4, 0, sixth!, fourth!, fifth!);
  const order = summarizeLoop({ ...record, experiments: shuffled }).experiments;
  expect(order.map(({ experiment }) => experiment)).toEqual([0, 1, 2, 3, 6, 4, 5, 7, 8, 9, 10, 11, 12]);
});
