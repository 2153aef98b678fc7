import type { LoopRecord } from '../../contract/ledger.js';

/** The whole record, as the ledger has it. */
export function toJson(record: LoopRecord): string {
  return `${JSON.stringify({ v: 1, ...record }, null, 2)}\n`;
}
