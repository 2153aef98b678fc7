import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';

const lockFile = (home: string): string => join(home, 'run', 'keeper.lock');

/** The living keeper of a home folder, if any. */
export function keeperOf(home: string): ProcessIdentity | null {
  try {
    const identity = JSON.parse(readFileSync(lockFile(home), 'utf8')) as ProcessIdentity;
    return isAlive(identity) ? identity : null;
  } catch {
    return null;
  }
}

/** One keeper a home folder. A dead one's lock is taken over; false: another keeper lives. */
export async function takeKeeperLock(home: string): Promise<boolean> {
  const mine = `${lockFile(home)}.${String(process.pid)}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)));
  try {
    if (keeperOf(home) !== null) return false;
    // two may bury the same dead lock: each moves away what it saw, one link wins, and the loser finds out below
    if (!link(mine, lockFile(home))) {
      if (keeperOf(home) !== null) return false;
      renameSync(lockFile(home), `${mine}.dead`);
      rmSync(`${mine}.dead`, { force: true });
      if (!link(mine, lockFile(home))) return false;
    }
    await sleep(50);
    return keeperOf(home)?.pid === process.pid;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
