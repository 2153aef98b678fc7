import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditEntry, AuditRecord } from '../../contract/audit.js';
import { UserError } from '../../contract/user-error.js';
import { withLock } from './folder-lock.js';
import { sha256 } from './sha256.js';

/** How a record follows from the one before; given, because deciding is not storage's business. */
export type Next = (
  last: AuditRecord | null,
  written: { entry: AuditEntry; at: number; salt: string },
  hash: typeof sha256,
) => AuditRecord;

/** Append-only: one JSON record a line, each chained to the one before, on disk before it counts. */
export interface AuditLog {
  records(): Promise<AuditRecord[]>;
  append(entry: AuditEntry): Promise<AuditRecord>;
}

export const auditFile = (root: string): string => join(root, 'audit.jsonl');

const readText = async (file: string): Promise<string> =>
  await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

const damaged = (at: number, what: string, file: string): UserError =>
  new UserError(
    `record ${String(at)} is ${what}: the log was damaged or edited`,
    file,
    'Restore it from a backup; nothing that came after can be trusted.',
  );

const parseLine = (line: string, at: number, file: string): AuditRecord => {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    throw damaged(at, 'not JSON', file);
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    throw damaged(at, 'no JSON object', file);
  return record as AuditRecord;
};

/** Every record; what a killed writer left of a line was never acknowledged and is not one. */
export const readAuditLog = async (root: string): Promise<AuditRecord[]> => {
  const file = auditFile(root);
  const lines = (await readText(file)).split('\n');
  return lines.slice(0, -1).map((line, at) => parseLine(line, at, file));
};

const tornBytes = (text: string): number => Buffer.byteLength(text.slice(text.lastIndexOf('\n') + 1));

const write = async (file: string, record: AuditRecord): Promise<void> => {
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(record)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

export const openAuditLog = async (root: string, next: Next): Promise<AuditLog> => {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const file = auditFile(root);
  const add = async (entry: AuditEntry, last: AuditRecord | null): Promise<AuditRecord> => {
    const salt = randomBytes(16).toString('hex');
    const record = next(last, { entry, at: Date.now(), salt }, sha256);
    await write(file, record);
    return record;
  };
  return {
    records: async () => await readAuditLog(root),
    append: async (entry) =>
      await withLock(join(root, 'audit.lock'), async () => {
        const text = await readText(file);
        const torn = tornBytes(text);
        if (torn > 0) await truncate(file, Buffer.byteLength(text) - torn);
        let last = (await readAuditLog(root)).at(-1) ?? null;
        if (torn > 0)
          last = await add({ kind: 'alarm', what: 'torn_tail', about: `${String(torn)} bytes` }, last);
        return await add(entry, last);
      }),
  };
};
