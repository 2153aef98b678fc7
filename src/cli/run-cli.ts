import { UserError } from '../contract/user-error.js';
import { readArguments } from './arguments.js';
import { COMMANDS } from './commands.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { commandHelp, overview } from './help.js';
import { didYouMean } from '../contract/nearest.js';
import { showError } from './show-error.js';
import type { Terminal } from './terminal.js';
import { packageVersion } from './package-version.js';

const entries = (): [string, string][] => Object.entries(COMMANDS).map(([name, { what }]) => [name, what]);

const wantsHelp = (raw: readonly string[]): boolean => {
  const end = raw.indexOf('--');
  return raw.slice(0, end < 0 ? raw.length : end).some((word) => word === '--help' || word === '-h');
};

const dispatch = async (raw: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const [first, ...rest] = raw;
  if (first === '--version' || first === '-v') {
    terminal.out(packageVersion());
    return EXIT.ok;
  }
  const name = first === 'help' ? rest.shift() : first;
  if (name === undefined || name === '--help' || name === '-h') {
    terminal.out(overview(entries()));
    return EXIT.ok;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined)
    throw new UserError(
      `unknown command "${name}"${didYouMean(name, Object.keys(COMMANDS))}`,
      'autolift',
      '`autolift --help` lists the commands.',
    );
  const command = await entry.load();
  if (first === 'help' || wantsHelp(rest)) {
    terminal.out(await commandHelp(command));
    return EXIT.ok;
  }
  return command.run(readArguments(command, rest), terminal);
};

/** One call of `autolift`: its arguments in, its exit code out. */
export const runCli = async (raw: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  try {
    return await dispatch(raw, terminal);
  } catch (error) {
    return showError(error, terminal);
  }
};
