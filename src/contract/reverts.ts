import { readRevert } from './alarm.js';
import type { LoopEventRow } from './ledger.js';
import type { StandingRecord } from './standing.js';

/** Back to which experiment alarms have set a loop, and when. */
export const revertsOf = (
  events: readonly Pick<LoopEventRow, 'kind' | 'text' | 'at'>[],
): StandingRecord['reverts'] =>
  events.flatMap(({ kind, text, at }) => {
    const to = kind === 'reverted' ? readRevert(text) : null;
    return to === null ? [] : [{ to, at }];
  });
