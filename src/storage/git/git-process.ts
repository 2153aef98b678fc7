import { GIT_FLAGS, GIT_SETTINGS } from './git-settings.js';
import { runProgram } from './run-program.js';
import type { Order } from './shell.js';

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
  { input, limitMs }: Pick<Order, 'input' | 'limitMs'>,
): Promise<Buffer> => {
  const settings = GIT_SETTINGS.flatMap((setting) => ['-c', setting]);
  const command = ['git', `--git-dir=${directory}`, ...GIT_FLAGS, ...settings, ...args];
  const { exitCode, pid, out, err } = await runProgram({ folder: directory, command, input, limitMs });
  if (exitCode !== 0) throw new GitFailure(args[0] ?? '', { exitCode, pid }, err);
  return out;
};
