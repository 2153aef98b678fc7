import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_BYTES = 20 * 1024 * 1024;
/** Enough for any trace and the lines before it. */
const MOST_BYTES = 64 * 1024;

export const logFile = (home: string, name: string): string => join(home, 'logs', `${name}.log`);

/** Opens a process's log for appending; a large one is put aside first, over the one put aside before. */
export function openLog(home: string, name: string): { handle: number; from: number } {
  const file = logFile(home, name);
  if (existsSync(file) && statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  const handle = openSync(file, 'a', 0o600);
  return { handle, from: fstatSync(handle).size };
}

/** The end of what a log got since it had so many bytes. */
export function logSince(home: string, name: string, from: number): string {
  const file = logFile(home, name);
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const start = Math.max(from > size ? 0 : from, size - MOST_BYTES);
    const buffer = Buffer.alloc(size - start);
    readSync(handle, buffer, 0, buffer.length, start);
    return buffer.toString('utf8').trimEnd();
  } finally {
    closeSync(handle);
  }
}
