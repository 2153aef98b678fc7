import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../contract/user-error.js';

const LONGEST_PAUSE_MS = 5000;

/** Tries until it works: a server may come up after its worker. A user's mistake won't mend itself. */
export async function patiently<T>(what: string, attempt: () => Promise<T>, firstPauseMs = 250): Promise<T> {
  let said = '';
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof UserError && !isUnreachable(error)) throw error;
      const text = `${what}: ${error instanceof Error ? error.message : String(error)}; trying again`;
      // the same reason again and again would hide what else is written
      if (text !== said) console.error(text);
      said = text;
      await sleep(pause);
    }
  }
}

/** Network and start-up errors of a server, by code, of an error or of what caused it. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return (typeof code === 'string' && UNREACHABLE.has(code)) || isUnreachable(cause);
}

const UNREACHABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // PostgreSQL: starting up, shutting down, too many connections
  ...['57P03', '57P01', '53300'],
]);
