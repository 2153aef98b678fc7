import { expect, test } from 'vitest';
import { createResearchCost } from '../../../src/activities/research-cost.js';
import type { LoopSummary } from '../../../src/storage/ledger/list-loops.js';

test('what research cost are the experiments of the loops below, not those of its neighbours', async () => {
  const counts = {
    'a/x': 7,
    'a/x/1-candidate-0/one.0': 3,
    'a/x/1-incumbent-0/one.0': 4,
    'a/xy/1-candidate-0/one.0': 50,
  };
  const loops = Object.entries(counts).map(([loop, experiments]) => ({ loop, experiments }) as LoopSummary);
  const cost = createResearchCost({ ledger: { loops: () => Promise.resolve(loops) } });
  expect(await cost({ loop: 'a/x' })).toEqual({ experiments: 7 });
});
