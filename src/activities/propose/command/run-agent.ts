import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

const KEPT_CHARACTERS = 64 * 1024;

export interface AgentRun {
  argv: readonly string[];
  cwd: string;
  env: Record<string, string>;
  timeoutSeconds: number;
  signal: AbortSignal;
}

export interface AgentResult {
  ended: 'exited' | 'timeout' | 'cancelled';
  exitCode: number | null;
  /** end of what it printed */
  output: string;
}

/** The program leads its own process group: all of it goes, also what it left in the background. */
const killGroup = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody is left
  }
};

const collect = (child: ChildProcess): (() => string) => {
  let kept = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      kept = (kept + chunk).slice(-KEPT_CHARACTERS);
    });
  }
  return () => kept;
};

/** Runs an agent program to its end, its timeout or its cancellation, and leaves no process of its group behind. */
export const runAgent = async ({
  argv,
  cwd,
  env,
  timeoutSeconds,
  signal,
}: AgentRun): Promise<AgentResult> => {
  const [program = '', ...args] = argv;
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = collect(child);
  let ended: AgentResult['ended'] = 'exited';
  const stop = (why: AgentResult['ended']) => () => {
    ended = why;
    killGroup(child);
  };
  const onAbort = stop('cancelled');
  const timer = setTimeout(stop('timeout'), timeoutSeconds * 1000);
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    const closed = once(child, 'close');
    closed.catch(() => undefined);
    const [exitCode] = (await once(child, 'exit')) as [number | null];
    killGroup(child);
    // a process that left the group may hold the pipes for ever
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500))]);
    return { ended, exitCode, output: output() };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    child.stdout.destroy();
    child.stderr.destroy();
  }
};
