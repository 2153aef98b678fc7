import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { GIT_FLAGS, GIT_SETTINGS } from './git-settings.js';

/** A git process that ended badly: infrastructure, not a user's mistake. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';

  readonly exitCode: number | null;
  readonly pid: number | undefined;

  constructor(
    command: string,
    { exitCode, pid }: { exitCode: number | null; pid?: number | undefined },
    stderr: Buffer,
  ) {
    super(`git ${command} ended with ${String(exitCode)}: ${stderr.toString().trim().slice(0, 2000)}`);
    this.exitCode = exitCode;
    this.pid = pid;
  }
}

/** Runs one git command with bytes in and bytes out, which simple-git can't: it decodes all output as text. */
export const runGit = async (
  directory: string,
  args: readonly string[],
  input: Buffer | string,
): Promise<Buffer> => {
  const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', [`--git-dir=${directory}`, ...GIT_FLAGS, ...settings, ...args], {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  // git may end before it has read everything; its exit code tells why
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) {
    throw new GitFailure(args[0] ?? '', { exitCode: code, pid: child.pid }, Buffer.concat(err));
  }
  return Buffer.concat(out);
};
