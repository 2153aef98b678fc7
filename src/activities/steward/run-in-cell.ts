import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { cellEnvironment } from './cell-environment.js';
import type { Cell, CellRun } from './cell.js';
import { removeTree } from './remove-tree.js';
import { bubblewrapped, LEAST_SHARED } from './walls.js';
import { MOST_PROCESSES, watchProcesses } from './watch-processes.js';

export interface CellEnd {
  ok: boolean;
  timedOut: boolean;
  /** the last of its output; the start of a flood is of no use */
  out: string;
}

const KEPT_BYTES = 16_384;
const LAST_WORDS_MS = 1000;
const LARGEST_FILE_KIB = 1024 * 1024;

/** What lies in /dev/shm is no process's own, so that no limit of theirs counts it: it has a small one of its own. */
const MOST_SHARED = 64 * 1024 * 1024;

const sharedFor = (memory: number): number => Math.max(LEAST_SHARED, Math.min(MOST_SHARED, memory));

/** The command's limits are set by the shell that starts it, which both kinds of walls have. */
const limited = ({ command, memory }: CellRun): string[] => {
  const kib = String(Math.ceil(memory / 1024));
  const blocks = String(LARGEST_FILE_KIB * 2);
  return [
    '/bin/sh',
    '-c',
    `ulimit -c 0; ulimit -v ${kib}; ulimit -f ${blocks}; exec /bin/sh -c "$1"`,
    'sh',
    command,
  ];
};

interface Line {
  words: string[];
  cwd: string;
  env: Record<string, string>;
  /** what bubblewrap reads from a pipe: anybody on the machine can read a command line */
  unseen: string[];
}

/**
 * Bubblewrap itself gets no environment at all: in the cell it is process 1, whose environment can be read. Without walls
 * the home is a fresh folder, which nobody has prepared.
 */
const commandLine = (run: CellRun, cell: Cell, home: string): Line => {
  const environment = cellEnvironment(run, cell, home);
  if (cell.walls === 'none') {
    const cwd = run.mounts.find(({ target }) => target === run.cwd)?.source ?? '/';
    return { words: limited(run), cwd, env: environment, unseen: [] };
  }
  const view = {
    mounts: run.mounts,
    read: cell.read,
    hidden: cell.hidden,
    environment,
    shared: sharedFor(run.memory),
  };
  const inside = ['/bin/sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', run.cwd, ...limited(run)];
  const [program = '', ...options] = bubblewrapped(view, [], cell.path);
  const words = [program, '--args', '3', '--', ...inside];
  return { words, cwd: '/', env: {}, unseen: options.slice(0, -1) };
};

const killOne = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
};

const runLine = async ({ timeoutMs }: CellRun, { words, cwd, env, unseen }: Line): Promise<CellEnd> => {
  const [program = '', ...args] = words;
  const fourth = unseen.length > 0 ? 'pipe' : 'ignore';
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe', fourth] });
  const [, , , options] = child.stdio;
  if (options instanceof Writable) {
    options.on('error', () => undefined);
    options.end(unseen.map((word) => `${word}\0`).join(''));
  }
  let out = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe?.on('data', (chunk: Buffer) => (out = (out + chunk.toString()).slice(-KEPT_BYTES)));
  let timedOut = false;
  const kill = (): void => {
    if (child.pid !== undefined) killOne(-child.pid);
  };
  let crowded = false;
  const watch = watchProcesses(child.pid, (pids) => {
    crowded = true;
    kill();
    pids.forEach(killOne);
  });
  const timer = setTimeout(
    () => {
      timedOut = true;
      kill();
    },
    Math.max(0, timeoutMs),
  );
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => {
      watch.stop();
      resolve(127);
    });
    child.once('exit', (status) => {
      watch.stop();
      // its last words may still be in the pipe; what outlives it and holds that open is killed first
      kill();
      const silent = setTimeout(() => {
        resolve(status ?? 1);
      }, LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(silent);
        resolve(status ?? 1);
      });
    });
  });
  clearTimeout(timer);
  if (crowded) out += `\nkilled: more than ${String(MOST_PROCESSES)} processes`;
  return { ok: code === 0 && !timedOut && !crowded, timedOut, out };
};

/** Runs one command to its end, or to its limit: then all of its processes are killed. */
export const runInCell = async (run: CellRun, cell: Cell): Promise<CellEnd> => {
  const bare = cell.walls === 'none' ? await mkdtemp(join(tmpdir(), 'autolift-cell-')) : null;
  try {
    return await runLine(run, commandLine(run, cell, bare ?? '/tmp'));
  } finally {
    // what a run has locked against its removal stays: that is no failure of the question's
    if (bare !== null) await removeTree(bare).catch(() => null);
  }
};
