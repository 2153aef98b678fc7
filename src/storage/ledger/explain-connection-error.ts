import { UserError } from '../../contract/user-error.js';
import { describeUrl } from './describe-url.js';

const START = 'start the server, or correct DATABASE_URL; without it autolift starts its own';
const LOGIN = 'correct user and password in DATABASE_URL; special characters in them are written as %XX';

const CAUSES: Record<string, readonly [what: string, fix: string]> = {
  ECONNREFUSED: ['no PostgreSQL answers at this address', START],
  ECONNRESET: ['the server closed the connection', START],
  EHOSTUNREACH: ['the host of the ledger cannot be reached', START],
  ETIMEDOUT: ['the host of the ledger does not answer', START],
  ENOENT: ['no PostgreSQL answers at this socket', START],
  ENOTFOUND: ['there is no host of this name', 'correct the host in DATABASE_URL'],
  EAI_AGAIN: ['the name of the host cannot be looked up', 'check the network, or the host in DATABASE_URL'],
  '28P01': ['PostgreSQL refuses the password', LOGIN],
  '28000': ['PostgreSQL refuses this user', LOGIN],
  '3D000': ['there is no such database', 'create it (createdb), or correct the name in DATABASE_URL'],
  '42501': [
    'this user may not create the tables of the ledger',
    'as an administrator: CREATE SCHEMA autolift AUTHORIZATION <user>',
  ],
  '53300': ['the server takes no more connections', 'raise max_connections, or end some of them'],
  '57P03': ['the server is still starting', 'try again in a moment'],
};

const codeOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (/timeout/i.test(error.message)) return 'ETIMEDOUT';
  // pg refuses these without a code of its own
  return /password must be a string|no password|SASL/i.test(error.message) ? '28P01' : '';
};

/** Why a ledger can't be opened, with a way out and never with the password; other errors as they are. */
export const explainConnectionError = (error: unknown, url: string): unknown => {
  const [what, fix] = CAUSES[codeOf(error)] ?? [];
  if (what === undefined || fix === undefined) return error;
  return Object.assign(new UserError(what, describeUrl(url), fix), { cause: error });
};
