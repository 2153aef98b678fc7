import { readFileSync, readlinkSync } from 'node:fs';

/** Linux counts a thread's time in hundredths of a second, whatever its kernel ticks in. */
const TICKS = 100;

/** A system without /proc: the whole process stands for each of its threads. */
const WHOLE_PROCESS = -1;

/** The number of the thread that asks, by which another can look at its time. */
export const threadNumber = (): number => {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return WHOLE_PROCESS;
  }
};

/**
 * Seconds of CPU that a thread of this process has had, also in the middle of a call; null: it is gone. Without /proc those
 * of the whole process: too many, never too few.
 */
export const cpuSeconds = (thread: number): number | null => {
  if (thread === WHOLE_PROCESS) {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
  try {
    const stat = readFileSync(`/proc/self/task/${String(thread)}/stat`, 'utf8');
    // the name before the last bracket may hold anything; user and system time are the 14th and 15th field of all
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return null;
  }
};
