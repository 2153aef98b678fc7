import { type Finished, type Order, type Shell, startShell } from './shell.js';

const MOST = 4;
/** A shell that nobody needs for so long is ended. */
const IDLE_MS = 10_000;

interface Resting {
  shell: Shell;
  timer: NodeJS.Timeout;
}

const resting: Resting[] = [];
const waiting: (() => void)[] = [];
let busy = 0;

const enter = async (): Promise<void> => {
  if (busy >= MOST) {
    await new Promise<void>((resolve) => {
      waiting.push(resolve);
    });
  } else busy++;
};

/** The next in line takes over the place. */
const leave = (): void => {
  const next = waiting.shift();
  if (next === undefined) busy--;
  else next();
};

const wake = async (): Promise<Shell> => {
  const last = resting.pop();
  if (last === undefined) return await startShell();
  clearTimeout(last.timer);
  return last.shell;
};

const rest = (shell: Shell): void => {
  const timer = setTimeout(() => {
    resting.splice(
      resting.findIndex((one) => one.shell === shell),
      1,
    );
    shell.close();
  }, IDLE_MS);
  timer.unref();
  resting.push({ shell, timer });
};

/**
 * Runs a program to its end, a few at a time, from a small shell that stays. Started from here each would have this
 * process forked: with the 200 MB of a control worker its page tables take 12 ms to copy, and nothing else goes on.
 */
export const runProgram = async (order: Order): Promise<Finished> => {
  await enter();
  try {
    const shell = await wake();
    try {
      const finished = await shell.run(order);
      rest(shell);
      return finished;
    } catch (error) {
      shell.close();
      throw error;
    }
  } finally {
    leave();
  }
};
