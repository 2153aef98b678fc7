import type { LoopRecord } from '../../src/contract/ledger.js';
import type { LoopInput } from '../../src/contract/loop.js';
import type { RunRecord } from '../../src/contract/measurement.js';
import type { FakeEngine } from './fake-engine.js';

/** The ledger has room for one run of a role and index, and hands them out in that order. */
const asHeld = (runs: readonly RunRecord[]): RunRecord[] =>
  runs
    .filter(
      (one, at) => at === runs.findIndex((other) => other.role === one.role && other.index === one.index),
    )
    .toSorted((a, b) => (a.role === b.role ? a.index - b.index : a.role < b.role ? -1 : 1));

/** What the ledger would have of a loop that ran on a fake engine, as its export reads back. */
export const recordOf = (engine: FakeEngine, input: LoopInput): LoopRecord =>
  JSON.parse(
    JSON.stringify({
      loop: { loop: input.loop, input, openedAt: 0 },
      experiments: engine.rows.map((row) => ({ ...row, measurements: asHeld(row.measurements) })),
      modelCalls: [],
      events: engine.events,
    }),
  ) as LoopRecord;
