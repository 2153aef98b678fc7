import { ledger } from './0001-ledger.js';
import { epochs } from './0002-epochs.js';
import { steering } from './0003-steering.js';
import { memory } from './0004-memory.js';
import { courses } from './0005-courses.js';
import { transfer } from './0006-transfer.js';

/** One step of the ledger's schema; its number is its place in the list, from 1, and it never changes again. */
export interface Migration {
  name: string;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  { name: 'ledger', sql: ledger },
  { name: 'epochs', sql: epochs },
  { name: 'steering', sql: steering },
  { name: 'memory', sql: memory },
  { name: 'courses', sql: courses },
  { name: 'transfer', sql: transfer },
];
