import type { AuditRecord } from '../contract/audit.js';
import { readAnchor } from '../contract/steward.js';
import { UserError } from '../contract/user-error.js';
import type { Fault } from '../domain/audit/verify.js';
import type { Settings } from '../workers/settings.js';
import { withLedger } from './engine.js';

/** A head of the audit log that a loop was told, and wrote into the ledger. */
export interface KnownHead {
  loop: string;
  hash: string;
}

/** Heads that the ledger holds; `unchecked` says why they could not be read, which only a named loop makes an error. */
export const knownHeads = async (
  settings: Settings,
  loop: string | undefined,
): Promise<{ known: KnownHead[]; unchecked: string | null }> => {
  try {
    const known = await withLedger(settings, async (ledger) => {
      if (loop !== undefined && (await ledger.record(loop)) === null)
        throw new UserError('the ledger has no such loop', loop, '`autolift loops` lists them.');
      const anchors = await ledger.anchors(loop ?? null);
      return anchors.flatMap(({ loop: of, text }) => {
        const hash = readAnchor(text);
        return hash === null ? [] : [{ loop: of, hash }];
      });
    });
    return { known, unchecked: null };
  } catch (error) {
    if (loop !== undefined || !(error instanceof UserError)) throw error;
    return { known: [], unchecked: `${error.what} (${error.where})` };
  }
};

/** Each must be in the log, or records were cut off its end. One fault for each loop, by its last head. */
export const missingHeads = (records: readonly AuditRecord[], known: readonly KnownHead[]): Fault[] => {
  const hashes = new Set(records.map(({ hash }) => hash));
  const missing = new Map<string, string>();
  for (const { loop, hash } of known) if (!hashes.has(hash) && !/^0+$/.test(hash)) missing.set(loop, hash);
  return [...missing].map(([loop, hash]) => ({
    i: records.length,
    what: `is missing: ${loop} was told ${hash.slice(0, 16)}…, which is not in the log`,
  }));
};
