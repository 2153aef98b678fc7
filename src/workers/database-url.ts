import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../contract/user-error.js';
import type { Settings } from './settings.js';

export const passwordFile = (home: string): string => join(home, 'postgres.password');

/** Address of the ledger with its credentials; the embedded one's password is in a file of the home folder. */
export function databaseUrl(settings: Settings): string {
  if (settings.database.kind === 'external') return settings.database.url;
  const password = readPassword(passwordFile(settings.home));
  return `postgresql://autolift:${password}@127.0.0.1:${String(settings.database.port)}/autolift`;
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new UserError('the embedded database was never started', file, 'Run `autolift up` first.');
  }
}
