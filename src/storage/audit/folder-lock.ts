import { readFileSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** A process by its number and the moment of its start: a number alone is given again after a reboot. */
const identify = (pid: number): string => {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    return `${String(pid)} ${stat.slice(stat.lastIndexOf(')')).split(' ')[20] ?? ''}`;
  } catch {
    return `${String(pid)} `;
  }
};

const isAlive = (holder: string): boolean => {
  const pid = Number(holder.split(' ')[0]);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return identify(pid) === holder;
};

const take = async (file: string): Promise<boolean> => {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(identify(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
};

/** Runs `work` as the only one who holds a file; a holder that died loses it. */
export const withLock = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await take(file))) {
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (holder !== '' && !isAlive(holder)) await rm(file, { force: true });
    else if (Date.now() > deadline) throw new Error(`${file} is held by process ${holder}`);
    else await sleep(5);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};
