import { simpleGit } from 'simple-git';
import { CONFIRMED, GIT_FLAGS, GIT_SETTINGS } from './git-settings.js';
import { GitFailure, runGit } from './git-process.js';

/** The ways in which a repository is talked to. */
export interface Git {
  /** absolute path of the common git directory */
  readonly directory: string;
  /** a command whose output is text */
  text(args: readonly string[]): Promise<string>;
  /** a command that may have nothing to say: simple-git would wait another 50 ms for its first byte */
  quiet(args: readonly string[]): Promise<string>;
  /** a command that reads `input` and answers with bytes */
  bytes(args: readonly string[], input: Buffer | string): Promise<Buffer>;
}

/** Runs a command in `folder` as git itself would find the repository from there. */
export const gitIn = (
  folder: string,
  settings: readonly string[] = [],
): ((args: readonly string[]) => Promise<string>) => {
  const git = simpleGit({
    baseDir: folder,
    maxConcurrentProcesses: 4,
    config: [...GIT_SETTINGS, ...settings],
    unsafe: CONFIRMED,
    completion: { onClose: true, onExit: false },
    // a command that fails silently fails all the same
    errors: (error, result) => {
      if (error instanceof Error) return error;
      if (result.exitCode === 0) return undefined;
      return new GitFailure('', result, Buffer.concat(result.stdErr));
    },
  });
  return async (args) => await git.raw([...GIT_FLAGS, ...args]);
};

/** With a limit, what `quiet` and `bytes` run is killed after it. */
export const openGit = (directory: string, limitMs?: number): Git => {
  const run = gitIn(directory);
  return {
    directory,
    text: async (args) => await run([`--git-dir=${directory}`, ...args]),
    quiet: async (args) => (await runGit(directory, args, { input: '', limitMs })).toString(),
    bytes: async (args, input) => await runGit(directory, args, { input, limitMs }),
  };
};
