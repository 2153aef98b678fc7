import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../contract/user-error.js';

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

/** Takes a file with its holder's name in it at once: one that was killed half-way would leave a lock of nobody. */
const take = async (file: string): Promise<boolean> => {
  const mine = `${file}.${randomUUID()}`;
  const handle = await open(mine, 'wx', 0o600);
  try {
    await handle.writeFile(identify(process.pid));
    await handle.close();
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(mine, { force: true });
  }
};

const holderOf = async (file: string): Promise<string | null> =>
  await readFile(file, 'utf8').catch(() => null);

/** Whoever breaks a dead one's lock holds another one meanwhile: two who saw the same dead holder don't both take it. */
const breakDead = async (file: string): Promise<void> => {
  const breaking = `${file}.breaking`;
  if (!(await take(breaking))) {
    const breaker = await holderOf(breaking);
    if (breaker !== null && !isAlive(breaker)) await rm(breaking, { force: true });
    await sleep(5);
    return;
  }
  const holder = await holderOf(file);
  if (holder !== null && !isAlive(holder)) await rm(file, { force: true });
  await rm(breaking, { force: true });
};

const held = (file: string, holder: string): UserError =>
  new UserError(
    `is held by process ${holder.split(' ')[0] ?? ''}`,
    file,
    'One at a time: wait until it has ended, or end it.',
  );

/** Runs `work` as the only one who holds a file; a holder that died loses it. */
export const withLock = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const holder = await holderOf(file);
    if (holder === null) {
      if (await take(file)) break;
    } else if (!isAlive(holder)) await breakDead(file);
    else if (performance.now() > deadline) throw held(file, holder);
    else await sleep(5);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};
