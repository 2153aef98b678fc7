import type { LoopRecord } from '../../contract/ledger.js';
import { standingsOf } from '../standings.js';

/** The whole record, as the ledger has it, and the scores that the loop believes in the end. */
export function toJson(record: LoopRecord): string {
  const { baseline, incumbent } = standingsOf(record);
  return `${JSON.stringify({ v: 1, ...record, standings: { baseline, incumbent } }, null, 2)}\n`;
}
