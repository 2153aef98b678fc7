import { spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import type { Walls } from './deps.js';
import { bubblewrapped, type Mount } from './walls.js';

export interface CellRun {
  command: string;
  mounts: readonly Mount[];
  /** target of the mount that it starts in */
  cwd: string;
  variables: Readonly<Record<string, string>>;
  timeoutMs: number;
  memory: number;
}

export interface Cell {
  walls: Walls;
  path: string;
  hidden: string;
  read: readonly string[];
}

export interface CellEnd {
  ok: boolean;
  timedOut: boolean;
  /** the last of its output; the start of a flood is of no use */
  out: string;
}

const KEPT_BYTES = 16_384;
const LAST_WORDS_MS = 1000;
const LARGEST_FILE_KIB = 1024 * 1024;

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

const environmentOf = (run: CellRun, cell: Cell): Record<string, string> => ({
  PATH: cell.path,
  LANG: 'C.UTF-8',
  HOME: '/tmp',
  USER: 'candidate',
  PYTHONDONTWRITEBYTECODE: '1',
  ...run.variables,
  ...Object.fromEntries(
    run.mounts.flatMap(({ variable, source, target }) =>
      variable === null ? [] : [[variable, cell.walls === 'bwrap' ? target : source]],
    ),
  ),
});

interface CommandLine {
  words: string[];
  cwd: string;
  env: Record<string, string>;
  /** what bubblewrap reads from a pipe: anybody on the machine can read a command line */
  unseen: string[];
}

const commandLine = (run: CellRun, cell: Cell): CommandLine => {
  const environment = environmentOf(run, cell);
  if (cell.walls === 'none') {
    const cwd = run.mounts.find(({ target }) => target === run.cwd)?.source ?? '/';
    return { words: limited(run), cwd, env: environment, unseen: [] };
  }
  const view = { mounts: run.mounts, read: cell.read, hidden: cell.hidden, environment };
  const inside = ['/bin/sh', '-c', 'cd "$1" && shift && exec "$@"', 'sh', run.cwd, ...limited(run)];
  const [program = '', ...options] = bubblewrapped(view, []);
  const words = [program, '--args', '3', '--', ...inside];
  return { words, cwd: '/', env: { PATH: cell.path }, unseen: options.slice(0, -1) };
};

/** Runs one command to its end, or to its limit: then all of its processes are killed. */
export const runInCell = async (run: CellRun, cell: Cell): Promise<CellEnd> => {
  const { words, cwd, env, unseen } = commandLine(run, cell);
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
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  };
  const timer = setTimeout(
    () => {
      timedOut = true;
      kill();
    },
    Math.max(0, run.timeoutMs),
  );
  const code = await new Promise<number>((resolve) => {
    child.once('error', () => {
      resolve(127);
    });
    child.once('exit', (status) => {
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
  return { ok: code === 0 && !timedOut, timedOut, out };
};
