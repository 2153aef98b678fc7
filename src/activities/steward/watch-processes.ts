import { readdir, readFile } from 'node:fs/promises';

/** As the device worker allows a candidate; what has more is no honest run. */
export const MOST_PROCESSES = 1024;

const LOOK_EVERY_MS = 200;

interface Row {
  pid: number;
  parent: number;
  group: number;
}

/** The name may hold anything, so what follows the last bracket is read. */
const rowOf = (pid: number, stat: string): Row => {
  const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid, parent: Number(parent), group: Number(group) };
};

/** Files that are open at once: a crowd is what this looks for, and each of it has one. */
const AT_ONCE = 64;

const processTable = async (): Promise<Row[]> => {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^[0-9]+$/.test(name));
  const rows: Row[] = [];
  for (let from = 0; from < pids.length; from += AT_ONCE) {
    const read = pids.slice(from, from + AT_ONCE).map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
      if (stat !== null) rows.push(rowOf(Number(pid), stat));
    });
    await Promise.all(read);
  }
  return rows;
};

/** A process, all below it, and all of its group: whoever was left by its parent is still of the group, or of a cell. */
export const processesOf = (root: number, table: readonly Row[]): number[] => {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of table) {
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [pid]);
    else known.push(pid);
  }
  const found = new Set<number>();
  for (const { pid, group } of table) if (pid === root || group === root) found.add(pid);
  // a set that grows while it is gone through is gone through to its end
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child);
  return [...found];
};

/**
 * Ends a cell that has more processes than an honest run needs: a limit of memory holds for each of them alone, and one of
 * their number would count all of the user's. Where there is no /proc, nobody looks.
 */
export const watchProcesses = (
  root: number | undefined,
  onTooMany: (pids: readonly number[]) => void,
): { stop: () => void } => {
  // nothing was started; 0 would be the kernel's own
  if (root === undefined) return { stop: () => undefined };
  let watching = true;
  const look = async (): Promise<void> => {
    const pids = processesOf(root, await processTable());
    if (!watching) return;
    if (pids.length > MOST_PROCESSES) onTooMany(pids);
    timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  let timer = setTimeout(() => void look(), LOOK_EVERY_MS);
  return {
    stop: () => {
      watching = false;
      clearTimeout(timer);
    },
  };
};
