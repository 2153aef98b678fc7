import type { AuditEntry, AuditRecord } from '../../contract/audit.js';
import { canonicalJson } from './canonical-json.js';

/** SHA-256 of a text in hexadecimal: given by the caller, for this code imports nothing. */
export type Sha256 = (text: string) => string;

export const NO_RECORD = '0'.repeat(64);

/** Its own hash is no part of what is hashed. */
const hashOf = (record: AuditRecord, sha256: Sha256): string =>
  sha256(record.prev + canonicalJson({ ...record, hash: undefined }));

/** The record that follows `last`. */
export const nextRecord = (
  last: Pick<AuditRecord, 'i' | 'hash'> | null,
  written: { entry: AuditEntry; at: number; salt: string },
  sha256: Sha256,
): AuditRecord => {
  const { entry, at, salt } = written;
  const record = {
    ...entry,
    i: last === null ? 0 : last.i + 1,
    prev: last?.hash ?? NO_RECORD,
    at,
    salt,
    hash: '',
  };
  return { ...record, hash: hashOf(record, sha256) };
};

/** The first record that breaks the chain, with the reason; null: every record is where it was written. */
export const brokenLink = (
  records: readonly AuditRecord[],
  sha256: Sha256,
): { i: number; what: string } | null => {
  let prev = NO_RECORD;
  for (const [at, record] of records.entries()) {
    if (record.i !== at)
      return { i: at, what: `is numbered ${String(record.i)}: a record is missing or moved` };
    if (record.prev !== prev) return { i: at, what: 'does not follow from the record before it' };
    if (record.hash !== hashOf(record, sha256)) return { i: at, what: 'was changed after it was written' };
    prev = record.hash;
  }
  return null;
};
