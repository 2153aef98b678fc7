import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROTATE_BYTES = 20 * 1024 * 1024;

export const logFile = (home: string, name: string): string => join(home, 'logs', `${name}.log`);

/** Opens a process's log for appending; a large one is put aside first, over the one put aside before. */
export function openLog(home: string, name: string): number {
  const file = logFile(home, name);
  if (existsSync(file) && statSync(file).size > ROTATE_BYTES) renameSync(file, `${file}.1`);
  return openSync(file, 'a', 0o600);
}

/** The end of a log, for an error message. */
export function logTail(home: string, name: string, bytes = 1500): string {
  const file = logFile(home, name);
  if (!existsSync(file)) return '';
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const buffer = Buffer.alloc(Math.min(bytes, size));
    readSync(handle, buffer, 0, buffer.length, size - buffer.length);
    return buffer.toString('utf8').trim();
  } finally {
    closeSync(handle);
  }
}
