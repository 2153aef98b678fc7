import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopInput } from '../../src/contract/loop.js';
import type { FakeEngine } from './fake-engine.js';

/** What the ledger would have of a loop that ran on a fake engine, as its export reads back. */
export const recordOf = (engine: FakeEngine, input: LoopInput): LoopRecord =>
  JSON.parse(
    JSON.stringify({
      loop: { loop: input.loop, input, openedAt: 0 },
      experiments: engine.rows,
      modelCalls: [],
      events: engine.events,
    }),
  ) as LoopRecord;
